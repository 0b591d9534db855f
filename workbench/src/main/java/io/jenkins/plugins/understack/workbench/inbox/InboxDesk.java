package io.jenkins.plugins.understack.workbench.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxJson;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.InboxSearch;
import io.jenkins.plugins.understack.core.inbox.Search;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers what the commands {@code events}, {@code dead-letters} and {@code replay} ask, in JSON, so that a process that has the
 * inbox can answer for one that has not. Thread-safe.
 */
public final class InboxDesk {
    private static final int PAGE = 200;

    private final Inbox inbox;
    private final InboxReader reader;
    private final DeskJson json;
    private final Dispatcher dispatcher;

    /** @param dispatcher decides what a replay starts; null where there is no configuration, so that nothing can be replayed */
    public InboxDesk(Inbox inbox, RunFiles runs, Dispatcher dispatcher) {
        this.inbox = inbox;
        this.reader = inbox.reader();
        this.json = new DeskJson(reader, runs);
        this.dispatcher = dispatcher;
    }

    /** @param request an object whose {@code do} says what; see {@link DeskRequests} */
    public JsonNode answer(JsonNode request) throws DeskException {
        String what = request.path("do").asText();
        return switch (what) {
            case DeskRequests.EVENTS -> all(search(request)::events, json::brief, request.path("limit").asInt());
            case DeskRequests.EVENT -> json.detailed(event(request.path("number").asText()));
            case DeskRequests.DEAD_LETTERS -> all(search(request)::deadLetters, InboxJson::deadLetter, request.path("limit").asInt());
            case DeskRequests.REPLAY -> replay(request);
            case DeskRequests.DISCARD -> discard(request.path("id").asText(), request.path("reason").asText());
            default -> throw new DeskException("\"" + what + "\" is unknown; this is another version of understack");
        };
    }

    /** {@code {"events", "pending", "deadLetters"}}: how many there are. */
    public ObjectNode counts() {
        return Json.MAPPER
                .createObjectNode()
                .put("events", reader.eventCount())
                .put("pending", reader.pendingCount())
                .put("deadLetters", reader.deadLetterCount());
    }

    private InboxSearch search(JsonNode request) {
        return new InboxSearch(reader, Search.of(name -> request.path("search").path(name).textValue()));
    }

    /** Page by page, until there are enough or no more. */
    private static <T> ArrayNode all(BiFunction<String, Integer, InboxSearch.Page<T>> search, Function<T, ObjectNode> toJson, int limit) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        String place = null;
        while (all.size() < limit) {
            InboxSearch.Page<T> page = search.apply(place, Math.min(PAGE, limit - all.size()));
            page.found().forEach(one -> all.add(toJson.apply(one)));
            place = page.next();
            if (place == null) {
                break;
            }
        }
        return all;
    }

    private StoredEvent event(String number) throws DeskException {
        StoredEvent found = reader.event(number);
        if (found == null) {
            throw new DeskException("there is no event " + number + "; only events that matched are kept, see \"understack events\"");
        }
        return found;
    }

    private DeadLetter deadLetter(String id) throws DeskException {
        DeadLetter found = reader.deadLetter(id);
        if (found == null) {
            throw new DeskException("there is no dead letter " + id + "; see \"understack dead-letters\"");
        }
        return found;
    }

    private ObjectNode discard(String id, String reason) throws DeskException {
        DeadLetter letter = deadLetter(id);
        safe(inbox.discard(letter, reason));
        return InboxJson.deadLetter(letter);
    }

    private record Replay(StoredEvent event, String sensor) {}

    private ArrayNode replay(JsonNode request) throws DeskException {
        if (dispatcher == null) {
            throw new DeskException("replay decides by the sensors of a configuration, and no run is at work here; expected --config FILE");
        }
        String sensor = request.path("sensor").textValue();
        // First all of them, so that a wrong one stops all.
        List<Replay> wanted = new ArrayList<>();
        for (JsonNode id : request.path("ids")) {
            wanted.add(replay(id.asText(), sensor));
        }
        if (request.path("all").asBoolean()) {
            for (DeadLetter letter : reader.deadLetters(null, Integer.MAX_VALUE)) {
                if (letter.kind() != DeadLetter.Kind.MESSAGE && (sensor == null || sensor.equals(letter.sensor()))) {
                    wanted.add(replay(letter.id(), sensor));
                }
            }
        }
        ArrayNode all = Json.MAPPER.createArrayNode();
        // Several dead letters of one sensor for one event are one replay.
        for (Replay one : wanted.stream().distinct().toList()) {
            all.add(replay(one));
        }
        return all;
    }

    private Replay replay(String id, String sensor) throws DeskException {
        if (!id.contains("-")) {
            return new Replay(event(id), sensor);
        }
        DeadLetter letter = deadLetter(id);
        if (letter.kind() == DeadLetter.Kind.MESSAGE) {
            throw new DeskException("dead letter " + id + " is a message that is no event (" + letter.reason()
                    + "); nothing can be started for it");
        }
        return new Replay(event(id.substring(0, id.indexOf('-'))), sensor == null ? letter.sensor() : sensor);
    }

    private ObjectNode replay(Replay wanted) throws DeskException {
        Predicate<String> chosen = name -> wanted.sensor == null || wanted.sensor.equals(name);
        return json.decided(wanted.event, safe(dispatcher.replay(wanted.event, chosen)));
    }

    private static <T> T safe(CompletableFuture<T> change) throws DeskException {
        try {
            return change.join();
        } catch (CompletionException e) {
            throw new DeskException("the inbox cannot be written: " + e.getCause().getMessage());
        }
    }
}
