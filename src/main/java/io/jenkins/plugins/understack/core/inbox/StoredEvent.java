package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.time.Instant;
import java.util.List;

/**
 * An event that matched.
 *
 * @param number in the order of acceptance: {@link Ids}
 * @param decisions without the values of parameters
 */
public record StoredEvent(String number, Event event, Instant accepted, List<Decision> decisions) {}
