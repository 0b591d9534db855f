package io.jenkins.plugins.understack.trigger;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.understack.core.event.Event;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;

/** Why a build runs: which event, and which sensor decided. Attributes only; event data never get into {@code build.xml}. */
public final class EventCause extends Cause {
    private final String source;
    private final String event;
    private final String eventType;
    private final String eventId;
    private final String sensor;

    EventCause(Event event, String sensor) {
        this.source = event.source();
        this.event = event.name();
        this.eventType = event.type();
        this.eventId = event.id();
        this.sensor = sensor;
    }

    @Exported(visibility = 3)
    public String getSource() {
        return source;
    }

    @Exported(visibility = 3)
    public String getEvent() {
        return event;
    }

    @Exported(visibility = 3)
    public String getEventType() {
        return eventType;
    }

    @Exported(visibility = 3)
    public String getEventId() {
        return eventId;
    }

    @Exported(visibility = 3)
    public String getSensor() {
        return sensor;
    }

    /** Where the build shows its event, relative to the build. */
    public String getEventUrl() {
        return EventAction.URL;
    }

    @Override
    public String getShortDescription() {
        return Messages.EventCause_shortDescription(eventType, eventId, source, sensor);
    }

    @Override
    public void print(TaskListener listener) {
        // Plain text: the values come from outside, and the console would turn markup into links.
        listener.getLogger().println(getShortDescription().replaceAll("\\p{Cntrl}", " "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventCause cause
                && cause.eventId.equals(eventId)
                && cause.source.equals(source)
                && cause.event.equals(event)
                && cause.sensor.equals(sensor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(eventId, source, event, sensor);
    }

    /** The cause of a build that an event started, or null. */
    public static EventCause of(Run<?, ?> run) {
        return run.getCause(EventCause.class);
    }
}
