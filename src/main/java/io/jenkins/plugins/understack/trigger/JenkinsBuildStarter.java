package io.jenkins.plugins.understack.trigger;

import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.queue.ScheduleResult;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.StartLimits;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Turn;
import io.jenkins.plugins.understack.core.dispatch.StartRefusedException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.queue.TurnAction;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import jenkins.model.Jenkins;

/** Puts builds into Jenkins' queue. Acts as the system, whoever sent the event. */
public final class JenkinsBuildStarter implements BuildStarter {
    private final EventFiles files;
    private final StartLimits limits;
    private final Clock clock;

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
            Turn turn = limits.take(sensor, start, clock.instant());
            String file = files.save(event);
            return Queue.withLock(() -> schedule(job, parameters, event, sensor, start, turn, file));
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

    private Reason schedule(
            Job<?, ?> job, ParametersAction parameters, Event event, String sensor, Start start, Turn turn, String file)
            throws IOException, StartRefusedException {
        Replaced replaced = Replaced.of((Queue.Task) job, sensor, start.keys());
        String held = held(start.rules(), turn);
        Duration wait = wait(start.rules(), turn, replaced);
        ScheduleResult result = Queue.getInstance()
                .schedule2(
                        (Queue.Task) job,
                        // Without a rule there is nothing to wait for, and EventAction keeps builds apart without a quiet period.
                        (int) wait.plusMillis(999).toSeconds(),
                        new CauseAction(new EventCause(event, sensor)),
                        new EventAction(event, sensor, start.item(), file),
                        new TurnAction(sensor, start.keys(), held, replaced.events()),
                        parameters);
        if (result.isCreated()) {
            replaced.cancel();
            return new Reason("start", Outcome.PASS, "queued a build of " + job.getFullName() + words(held, wait, replaced));
        }
        files.delete(file);
        if (result.isRefused()) {
            throw new StartRefusedException("job", "Jenkins refused to queue \"" + job.getFullName() + "\"; a plugin has vetoed it");
        }
        return new Reason(
                "start",
                Outcome.REJECT,
                "a build for event " + event.id() + " waits in the queue already; the same event is not queued twice");
    }

    private static String held(StartRules rules, Turn turn) {
        return rules.hold()
                ? "hold"
                : turn.exceeded() ? "more than " + rules.limit().starts() + " in " + Durations.print(rules.limit().period()) : null;
    }

    /** What took the place of another waits no longer than that one would have, unless it is to wait for quiet. */
    private Duration wait(StartRules rules, Turn turn, Replaced replaced) {
        Duration wait = rules.debounce() != null
                ? rules.debounce()
                : rules.delay() != null ? replaced.shorten(rules.delay(), clock.instant()) : Duration.ZERO;
        return wait.compareTo(turn.delay()) < 0 ? turn.delay() : wait;
    }

    private static String words(String held, Duration wait, Replaced replaced) {
        return (wait.isZero() ? "" : ", which begins in " + Durations.print(wait))
                + (held == null ? "" : ", which waits for approval: " + held)
                + (replaced.events().isEmpty() ? "" : ", in place of the one for event " + String.join(", ", replaced.events()));
    }

    private static Job<?, ?> job(String name) {
        Job<?, ?> job = JobCheck.find(name);
        if (!job.isBuildable()) {
            throw new InvalidFieldException("job", "\"" + name + "\" is disabled; enable it");
        }
        return job;
    }
}
