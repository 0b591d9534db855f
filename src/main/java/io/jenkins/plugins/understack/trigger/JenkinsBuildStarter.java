package io.jenkins.plugins.understack.trigger;

import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.StartLimits;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Window;
import io.jenkins.plugins.understack.core.dispatch.StartRefusedException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.trigger.Scheduling.Result;
import java.io.IOException;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Puts builds into Jenkins' queue. Acts as the system, whoever sent the event. */
public final class JenkinsBuildStarter implements BuildStarter {
    private static final Logger LOGGER = Logger.getLogger(JenkinsBuildStarter.class.getName());

    private final EventFiles files;
    private final StartLimits limits;
    private final Clock clock;
    /** Held from the look at the starts that count until the new one is among them. The disk is not waited for with the queue's lock. */
    private final Object counting = new Object();

    public JenkinsBuildStarter(EventFiles files, StartLimits limits, Clock clock) {
        this.files = files;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Reason start(Event event, String sensor, Start start) throws StartRefusedException, EventNotAcceptedException {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null || jenkins.isTerminating()) {
            throw new EventNotAcceptedException("Jenkins is shutting down");
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = job(start.job());
            ParametersAction parameters = BuildParameters.of(job, start.parameters());
            return start(new Scheduling(job, parameters, event, sensor, start, files.save(event)));
        } catch (InvalidFieldException e) {
            throw new StartRefusedException(e.field(), e.detail());
        } catch (IOException e) {
            throw new EventNotAcceptedException("the event cannot be written below JENKINS_HOME/understack", e);
        } catch (StartRefusedException | EventNotAcceptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Reason start(Scheduling scheduling) throws Exception {
        boolean queued = false;
        try {
            Result result = schedule(scheduling);
            queued = result.isQueued();
            return result.reason();
        } finally {
            if (!queued) {
                files.delete(scheduling.file());
            }
        }
    }

    private Result schedule(Scheduling scheduling) throws Exception {
        String sensor = scheduling.start().sensorIdentity(scheduling.sensor());
        if (scheduling.start().rules().longestPeriod().isZero()) {
            return queue(scheduling, limits.look(sensor, scheduling.start(), clock.instant()));
        }
        synchronized (counting) {
            Window window = limits.look(sensor, scheduling.start(), clock.instant());
            Result result = queue(scheduling, window);
            if (result.isQueued()) {
                count(window, result, scheduling);
            }
            return result;
        }
    }

    private Result queue(Scheduling scheduling, Window window) throws Exception {
        return Queue.withLock(() -> scheduling.run(window, clock.instant()));
    }

    private void count(Window window, Result result, Scheduling scheduling) {
        try {
            limits.count(window, result.turn());
        } catch (RuntimeException e) {
            // The build is queued: were the event refused now, it would come again and start a second one.
            LOGGER.log(Level.WARNING, e, () -> "sensor \"" + scheduling.sensor() + "\": the start for " + scheduling.event()
                    + " is not counted for limit and rateLimit");
        }
    }

    private static Job<?, ?> job(String name) {
        Job<?, ?> job = JobCheck.find(name);
        if (!job.isBuildable()) {
            throw new InvalidFieldException("job", "\"" + name + "\" is disabled; enable it");
        }
        return job;
    }
}
