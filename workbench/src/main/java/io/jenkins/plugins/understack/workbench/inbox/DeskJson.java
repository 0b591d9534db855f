package io.jenkins.plugins.understack.workbench.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.inbox.InboxJson;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.List;

/** The JSON of {@code events}, {@code dead-letters} and {@code replay}: a contract, described in docs/command-line.md. No event data. */
final class DeskJson {
    private final InboxJson inbox;

    DeskJson(InboxReader reader, RunFiles runs) {
        inbox = new InboxJson(
                reader,
                PendingStart::reason,
                (outcome, json) -> runs.find(outcome.id()).ifPresent(run -> json.put("run", run.state())));
    }

    /** An event with what became of its starts. */
    ObjectNode brief(StoredEvent stored) {
        return inbox.event(stored);
    }

    ObjectNode detailed(StoredEvent stored) {
        ObjectNode json = brief(stored);
        decisions(json.putArray("decisions"), stored.decisions());
        return json;
    }

    /** After a replay: what was decided this time. */
    ObjectNode decided(StoredEvent stored, List<Decision> decisions) {
        ObjectNode json = brief(stored);
        decisions(json.putArray("decisions"), decisions.stream().map(Decision::withoutValues).toList());
        return json;
    }

    private static void decisions(ArrayNode array, List<Decision> decisions) {
        decisions.forEach(decision -> array.add(decision.toJson()));
    }
}
