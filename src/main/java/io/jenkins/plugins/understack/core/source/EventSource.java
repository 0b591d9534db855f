package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.metrics.SourceMeters;
import java.time.Clock;
import java.util.List;

/** The definition of an event source: a value, without connections. Equal definitions need no restart. */
public interface EventSource {
    /** 1 MiB, as in Argo Events. */
    long DEFAULT_MAX_PAYLOAD_SIZE = 1024L * 1024;

    /** Unique in an installation; part of queue names and of webhook URLs. */
    String name();

    /** {@code amqp} or {@code webhook}. */
    String kind();

    /** Names of the events that sensors may depend on. */
    List<String> eventNames();

    default SourceRules rules() {
        return SourceRules.NONE;
    }

    /**
     * The event that this body would become if the source received it now, without headers or properties: for trying
     * sensors out. Nothing is authenticated.
     *
     * @param event one of {@link #eventNames}
     * @param body of the message or request, as the producer sends it
     * @throws MalformedEventException as when it is received
     * @throws IllegalArgumentException where the source has no such event
     */
    Event read(String event, byte[] body, Clock clock) throws MalformedEventException;

    /** Sets this source to work. Returns at once; connecting, if there is any, goes on in the background. @param meters of this source */
    EventReceiver start(EventSink sink, Secrets secrets, Clock clock, SourceMeters meters);
}
