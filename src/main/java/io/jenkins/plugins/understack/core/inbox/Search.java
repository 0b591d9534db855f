package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is looked for among events or dead letters, in the same words everywhere; null for anything. Data of events are not searched:
 * most may not see them.
 *
 * @param id a part of the identity of the event, or of its number
 * @param event name of the event within the source
 * @param type of the event; dead letters have none, and none is found by it
 * @param sensor that wanted the event, waits for others with it, or failed
 * @param job full name
 * @param state one of {@link #STATES}; of the same start as sensor and job; dead letters have none other
 */
public record Search(String id, String source, String event, String type, String sensor, String job, String state) {
    public static final String PENDING = "pending";
    public static final String DEAD_LETTER = "dead-letter";
    /** What becomes of starts. */
    public static final List<String> STATES = Stream.concat(
                    Stream.of(PENDING, DEAD_LETTER), Stream.of(Outcome.Kind.values()).map(Decision::label))
            .toList();
    public static final Search ANYTHING = new Search(null, null, null, null, null, null, null);

    public Search {
        if (state != null && !STATES.contains(state)) {
            throw new InvalidFieldException("state", "is unknown; expected one of " + String.join(", ", STATES));
        }
    }

    /**
     * @param parameter what is asked for by the name of a component; null or empty for anything
     * @throws InvalidFieldException where that is impossible
     */
    public static Search of(UnaryOperator<String> parameter) {
        UnaryOperator<String> wanted = name -> {
            String text = parameter.apply(name);
            return text == null || text.isBlank() ? null : text.strip();
        };
        return new Search(
                wanted.apply("id"), wanted.apply("source"), wanted.apply("event"), wanted.apply("type"),
                wanted.apply("sensor"), wanted.apply("job"), wanted.apply("state"));
    }

    /** What is asked for, by name. */
    public Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("id", id);
        all.put("source", source);
        all.put("event", event);
        all.put("type", type);
        all.put("sensor", sensor);
        all.put("job", job);
        all.put("state", state);
        all.values().removeIf(value -> value == null);
        return all;
    }

    public boolean isAnything() {
        return equals(ANYTHING);
    }

    boolean wants(DeadLetter letter) {
        return type == null
                && (state == null || state.equals(DEAD_LETTER))
                && (id == null || contains(letter.eventId(), id) || letter.id().contains(id))
                && is(source, letter.source())
                && is(event, letter.event())
                && is(sensor, letter.sensor())
                && is(job, letter.job());
    }

    /** As far as the event alone says. */
    boolean mayWant(StoredEvent stored) {
        return (id == null || contains(stored.event().id(), id) || stored.number().contains(id))
                && is(source, stored.event().source())
                && is(event, stored.event().name())
                && is(type, stored.event().type());
    }

    boolean asksForStart() {
        return sensor != null || job != null || state != null;
    }

    boolean wantsStart(String ofSensor, String ofJob, String inState) {
        return is(sensor, ofSensor) && is(job, ofJob) && is(state, inState);
    }

    /** Without a start: it waits for other events. */
    boolean wantsDecision(Decision decision) {
        return job == null && state == null && is(sensor, decision.sensor()) && decision.verdict() != Decision.Verdict.NO_MATCH;
    }

    private static boolean contains(String text, String part) {
        return text != null && text.contains(part);
    }

    private static boolean is(String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }
}
