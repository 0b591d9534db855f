package io.jenkins.plugins.understack.core.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What the inbox holds, as REST and the command line show it: a contract, described in docs/command-line.md. No event data. */
public final class InboxJson {
    private final InboxReader reader;
    private final Function<PendingStart, String> why;
    private final BiConsumer<Outcome, ObjectNode> run;

    /**
     * @param why a start has not begun, in words, or null
     * @param run adds what is known of the run of an outcome
     */
    public InboxJson(InboxReader reader, Function<PendingStart, String> why, BiConsumer<Outcome, ObjectNode> run) {
        this.reader = reader;
        this.why = why;
        this.run = run;
    }

    /** An event with what became of its starts. */
    public ObjectNode event(StoredEvent stored) {
        Event event = stored.event();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("number", stored.number());
        json.put("accepted", stored.accepted().toString());
        json.put("source", event.source());
        json.put("event", event.name());
        json.put("id", event.id());
        json.put("type", event.type());
        json.put("time", event.time().toString());
        ArrayNode array = json.putArray("starts");
        starts(stored.number()).values().forEach(array::add);
        return json;
    }

    /** By id, so in the order in which they were decided on. */
    private Map<String, ObjectNode> starts(String number) {
        Map<String, ObjectNode> all = new TreeMap<>();
        for (PendingStart start : reader.pendingOf(number)) {
            all.put(start.id(), start(start));
        }
        for (Outcome outcome : reader.outcomesOf(number)) {
            ObjectNode json = start(outcome.id(), outcome.sensor(), outcome.job(), Decision.label(outcome.kind()), outcome.detail())
                    .put("time", outcome.time().toString());
            run.accept(outcome, json);
            all.put(outcome.id(), json);
        }
        for (DeadLetter letter : reader.deadLettersOf(number)) {
            all.put(letter.id(), start(letter.id(), letter.sensor(), letter.job(), "dead-letter", letter.reason()));
        }
        return all;
    }

    /** A start that waits. */
    public ObjectNode start(PendingStart start) {
        return start(start.id(), start.sensor(), start.start().job(), "pending", why.apply(start))
                .put("attempts", start.attempts())
                .put("notBefore", start.notBefore() == null ? null : start.notBefore().toString());
    }

    private static ObjectNode start(String id, String sensor, String job, String state, String detail) {
        return Json.MAPPER.createObjectNode()
                .put("start", id)
                .put("sensor", sensor)
                .put("job", job)
                .put("state", state)
                .put("detail", detail);
    }

    public static ObjectNode deadLetter(DeadLetter letter) {
        return Json.MAPPER.createObjectNode()
                .put("id", letter.id())
                .put("kind", Decision.label(letter.kind()))
                .put("time", letter.time().toString())
                .put("source", letter.source())
                .put("event", letter.event())
                .put("eventId", letter.eventId())
                .put("sensor", letter.sensor())
                .put("job", letter.job())
                .put("reason", letter.reason())
                .put("attempts", letter.attempts());
    }
}
