package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.Secrets;
import java.time.Clock;
import java.util.List;

/** The definition of an event source: a value, without connections. Equal definitions need no restart. */
public interface EventSource {
    /** Unique in an installation; part of queue names and of webhook URLs. */
    String name();

    /** {@code amqp} or {@code webhook}. */
    String kind();

    /** Names of the events that sensors may depend on. */
    List<String> eventNames();

    /** Sets this source to work. Returns at once; connecting, if there is any, goes on in the background. */
    EventReceiver start(EventSink sink, Secrets secrets, Clock clock);
}
