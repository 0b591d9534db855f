package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Event;

/**
 * An event that fulfils a dependency.
 *
 * @param data its data after the transform
 */
public record Admitted(Event event, JsonNode data) {}
