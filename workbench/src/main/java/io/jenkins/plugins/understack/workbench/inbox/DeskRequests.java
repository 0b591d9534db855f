package io.jenkins.plugins.understack.workbench.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.Search;
import java.util.List;

/** What can be asked of an {@link InboxDesk}. */
public final class DeskRequests {
    static final String EVENTS = "events";
    static final String EVENT = "event";
    static final String DEAD_LETTERS = "dead-letters";
    static final String REPLAY = "replay";
    static final String DISCARD = "discard";

    private DeskRequests() {}

    public static ObjectNode events(Search search, int limit) {
        return search(EVENTS, search, limit);
    }

    public static ObjectNode event(String number) {
        return of(EVENT).put("number", number);
    }

    public static ObjectNode deadLetters(Search search, int limit) {
        return search(DEAD_LETTERS, search, limit);
    }

    private static ObjectNode search(String what, Search search, int limit) {
        ObjectNode request = of(what).put("limit", limit);
        search.parameters().forEach(request.putObject("search")::put);
        return request;
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
