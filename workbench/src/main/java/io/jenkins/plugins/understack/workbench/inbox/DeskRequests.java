package io.jenkins.plugins.understack.workbench.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.List;

/** What can be asked of an {@link InboxDesk}. */
public final class DeskRequests {
    static final String EVENTS = "events";
    static final String EVENT = "event";
    static final String DEAD_LETTERS = "dead-letters";
    static final String REPLAY = "replay";
    static final String DISCARD = "discard";

    private DeskRequests() {}

    /** @param source null for all */
    public static ObjectNode events(String source, int limit) {
        return of(EVENTS).put("source", source).put("limit", limit);
    }

    public static ObjectNode event(String number) {
        return of(EVENT).put("number", number);
    }

    public static ObjectNode deadLetters(int limit) {
        return of(DEAD_LETTERS).put("limit", limit);
    }

    /**
     * @param ids of dead letters, or numbers of events
     * @param sensor null for those of the dead letter, or all of the event
     * @param all also all dead letters
     */
    public static ObjectNode replay(List<String> ids, String sensor, boolean all) {
        ObjectNode request = of(REPLAY).put("sensor", sensor).put("all", all);
        ArrayNode array = request.putArray("ids");
        ids.forEach(array::add);
        return request;
    }

    public static ObjectNode discard(String id, String reason) {
        return of(DISCARD).put("id", id).put("reason", reason);
    }

    private static ObjectNode of(String what) {
        return Json.MAPPER.createObjectNode().put("do", what);
    }
}
