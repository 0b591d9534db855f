package io.jenkins.plugins.understack.trial;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the panel "Try" shows: decisions, or why there are none. */
@Restricted(NoExternalUse.class)
public final class TrialResult {
    private final String refusal;
    private final String jobProblem;
    private final List<DecisionRow> decisions;

    private TrialResult(String refusal, String jobProblem, List<DecisionRow> decisions) {
        this.refusal = refusal;
        this.jobProblem = jobProblem;
        this.decisions = decisions;
    }

    /** @param jobProblem why the job would refuse the starts, or null */
    static TrialResult of(String jobProblem, List<DecisionRow> decisions) {
        return new TrialResult(null, jobProblem, decisions);
    }

    /** @param why the sensor or the event cannot be used */
    static TrialResult refused(String why) {
        return new TrialResult(why, null, List.of());
    }

    public String getRefusal() {
        return refusal;
    }

    public String getJobProblem() {
        return jobProblem;
    }

    /** One for each event, in their order. */
    public List<DecisionRow> getDecisions() {
        return decisions;
    }
}
