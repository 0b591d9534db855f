package io.jenkins.plugins.understack.trigger;

import hudson.model.Items;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Evaluation;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import jenkins.model.Jenkins;

/**
 * The sensor of a trigger. Looks whether its job still has that trigger before it fires: Jenkins does not stop triggers that go
 * by an update of {@code config.xml} or by "Reload Configuration from Disk".
 */
final class JobSensor implements SensorProgram {
    private final String job;
    private final EventTrigger trigger;
    private final SensorProgram program;
    /** Stopped a moment ago, and perhaps about to be started again. */
    private volatile boolean retired;

    JobSensor(String job, EventTrigger trigger, SensorProgram program) {
        this.job = job;
        this.trigger = trigger;
        this.program = program;
    }

    void retire() {
        retired = true;
    }

    @Override
    public Sensor sensor() {
        return program.sensor();
    }

    @Override
    public Decision decide(Evaluation evaluation) {
        Decision decision = program.decide(evaluation).ofTrigger();
        if (decision.verdict() != Verdict.MATCH || retired || isInUse()) {
            return decision;
        }
        TriggerSensors.forget(this);
        return decision.with(new Reason("job", Outcome.REJECT, "\"" + job + "\" has this trigger no more"));
    }

    /**
     * Whether both belong to one job at the same time. Not so when a job is updated or loaded again, where Jenkins starts new
     * triggers without stopping the old ones.
     */
    boolean isRivalOf(Job<?, ?> owner, EventTrigger other) {
        return !retired && trigger != other && trigger.owner() == owner && !Items.currentlyUpdatingByXml();
    }

    /** Whether the job exists and has this very trigger. */
    private boolean isInUse() {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> found = Jenkins.get().getItemByFullName(job, Job.class);
            return found != null
                    && EventTrigger.of(found).filter(current -> current == trigger).isPresent();
        }
    }
}
