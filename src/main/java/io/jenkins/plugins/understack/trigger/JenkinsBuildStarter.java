package io.jenkins.plugins.understack.trigger;

import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.queue.ScheduleResult;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.StartRefusedException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Puts builds into Jenkins' queue. Acts as the system, whoever sent the event. */
public final class JenkinsBuildStarter implements BuildStarter {
    /** An event has happened: there is nothing to wait for, and {@link EventAction} keeps builds apart without a quiet period. */
    private static final int NO_QUIET_PERIOD = 0;

    private final EventFiles files;

    public JenkinsBuildStarter(EventFiles files) {
        this.files = files;
    }

    @Override
    public Reason start(Event event, Decision decision) throws StartRefusedException, EventNotAcceptedException {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null || jenkins.isTerminating()) {
            throw new EventNotAcceptedException("Jenkins is shutting down");
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = job(jenkins, decision.start().job());
            ParametersAction parameters = BuildParameters.of(job, decision.start().parameters());
            String file = files.save(event);
            ScheduleResult result = Queue.getInstance()
                    .schedule2(
                            (Queue.Task) job,
                            NO_QUIET_PERIOD,
                            new CauseAction(new EventCause(event, decision.sensor())),
                            new EventAction(event, decision.sensor(), file),
                            parameters);
            if (result.isCreated()) {
                return new Reason("start", Outcome.PASS, "queued a build of " + job.getFullName());
            }
            files.delete(file);
            if (result.isRefused()) {
                throw new StartRefusedException(
                        "job", "Jenkins refused to queue \"" + job.getFullName() + "\"; a plugin has vetoed it");
            }
            return new Reason(
                    "start",
                    Outcome.REJECT,
                    "a build for event " + event.id() + " waits in the queue already; the same event is not queued twice");
        } catch (IOException e) {
            throw new EventNotAcceptedException("the event cannot be written below JENKINS_HOME/understack", e);
        }
    }

    private static Job<?, ?> job(Jenkins jenkins, String name) throws StartRefusedException {
        Job<?, ?> job = jenkins.getItemByFullName(name, Job.class);
        if (job == null) {
            throw new StartRefusedException(
                    "job", "\"" + name + "\" does not exist; expected the full name of a job, such as folder/job");
        }
        if (!(job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?>)) {
            throw new StartRefusedException("job", "\"" + name + "\" is a job that cannot be started by a trigger");
        }
        if (!job.isBuildable()) {
            throw new StartRefusedException("job", "\"" + name + "\" is disabled; enable it");
        }
        return job;
    }
}
