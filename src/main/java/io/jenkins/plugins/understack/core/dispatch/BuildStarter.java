package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import java.util.List;
import java.util.Map;

/** Starts what a sensor decided: a Jenkins build, or a workflow of the workbench. Called by one thread. */
public interface BuildStarter {
    /** Tries it once. What it throws is tried again, a few times. */
    StartOutcome start(Event event, PendingStart start);

    /**
     * What became of starts that were tried before, perhaps by an earlier process.
     *
     * @return {@link StartOutcome.Queued} or {@link StartOutcome.Started} by id; those are missing that have neither a run nor anything
     *     that will become one
     */
    default Map<String, StartOutcome> find(List<PendingStart> starts) {
        return Map.of();
    }
}
