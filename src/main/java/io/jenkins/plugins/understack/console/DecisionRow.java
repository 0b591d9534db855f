package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Start;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A decision as a page shows it. */
@Restricted(NoExternalUse.class)
public final class DecisionRow {
    private final Decision decision;

    DecisionRow(Decision decision) {
        this.decision = decision;
    }

    public String getSensor() {
        return decision.sensor();
    }

    public String getVerdict() {
        return Decision.label(decision.verdict());
    }

    /** What is started, or null. */
    public String getJob() {
        return decision.verdict() == Decision.Verdict.MATCH
                ? decision.starts().stream().map(Start::job).distinct().collect(Collectors.joining(", "))
                : null;
    }

    /** Each "part: outcome: detail"; the details quote events, so they are for administrators. */
    public List<String> getReasons() {
        boolean details = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        return decision.reasons().stream()
                .map(reason -> reason.part() + ": " + Decision.label(reason.outcome()) + (details ? ": " + reason.detail() : ""))
                .toList();
    }
}
