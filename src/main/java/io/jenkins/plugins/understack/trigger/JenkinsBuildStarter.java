package io.jenkins.plugins.understack.trigger;

import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.RetryRule;
import io.jenkins.plugins.understack.core.dispatch.StartLimits;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Window;
import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.trigger.Scheduling.Result;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Puts builds into Jenkins' queue. Acts as the system, whoever sent the event. */
public final class JenkinsBuildStarter implements BuildStarter {
    private static final Logger LOGGER = Logger.getLogger(JenkinsBuildStarter.class.getName());

    private final StartLimits limits;
    private final Clock clock;
    /** Held from the look at the starts that count until the new one is among them. The disk is not waited for with the queue's lock. */
    private final Object counting = new Object();

    public JenkinsBuildStarter(StartLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public StartOutcome start(Event event, PendingStart pending) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null || jenkins.isTerminating() || jenkins.isQuietingDown()) {
            return new StartOutcome.Later(RetryRule.NOT_READY, "Jenkins is about to shut down");
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = JobCheck.find(pending.start().job());
            if (!job.isBuildable()) {
                return new StartOutcome.Later(RetryRule.DISABLED, "job: \"" + job.getFullName() + "\" is disabled; enable it");
            }
            ParametersAction parameters = BuildParameters.of(job, pending.start().parameters());
            return schedule(new Scheduling(job, parameters, event, pending)).outcome();
        } catch (InvalidFieldException e) {
            return new StartOutcome.Refused(e.field(), e.detail());
        }
    }

    @Override
    public Map<String, StartOutcome> find(List<PendingStart> starts) {
        return PendingBuilds.get().find(starts);
    }

    private Result schedule(Scheduling scheduling) {
        Start start = scheduling.pending().start();
        String sensor = start.sensorIdentity(scheduling.pending().sensor());
        if (start.rules().longestPeriod().isZero()) {
            return queue(scheduling, limits.look(sensor, start, clock.instant()));
        }
        synchronized (counting) {
            Window window = limits.look(sensor, start, clock.instant());
            Result result = queue(scheduling, window);
            if (result.isQueued()) {
                count(window, result, scheduling);
            }
            return result;
        }
    }

    private Result queue(Scheduling scheduling, Window window) {
        Result[] result = new Result[1];
        Queue.withLock(() -> {
            result[0] = scheduling.run(window, clock.instant());
        });
        return result[0];
    }

    private void count(Window window, Result result, Scheduling scheduling) {
        try {
            limits.count(window, result.turn());
        } catch (RuntimeException e) {
            // The build is queued: were the start tried again, there would be a second one.
            LOGGER.log(Level.WARNING, e, () -> scheduling.pending() + " is not counted for limit and rateLimit");
        }
    }
}
