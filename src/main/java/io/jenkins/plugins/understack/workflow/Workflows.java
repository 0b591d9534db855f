package io.jenkins.plugins.understack.workflow;

import hudson.Util;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.understack.trigger.BuildParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * What can be done with workflows, with the rights of who asks: {@code Item.READ} to see, {@code BUILD} to submit and retry, {@code
 * CANCEL} to stop. A workflow is a job by its full name; a run of it is {@code team/get-obm-ip#7}, the last one {@code
 * team/get-obm-ip}, and the newest of all Pipelines {@code @latest}.
 */
final class Workflows {
    static final String LATEST = "@latest";

    private Workflows() {}

    /** @throws NoSuchWorkflowException where there is no such job, or it is hidden */
    static Job<?, ?> job(String name) {
        Job<?, ?> job = name == null || name.isBlank() ? null : Jenkins.get().getItemByFullName(name, Job.class);
        if (job == null) {
            throw new NoSuchWorkflowException(Messages.Workflows_noJob(Util.fixNull(name)));
        }
        return job;
    }

    /** @throws NoSuchWorkflowException where there is no such build */
    static Run<?, ?> run(String name) {
        if (LATEST.equals(name)) {
            return recent("", 1).stream()
                    .findFirst()
                    .orElseThrow(() -> new NoSuchWorkflowException(Messages.Workflows_noRuns()));
        }
        int hash = name == null ? -1 : name.lastIndexOf('#');
        Job<?, ?> job = job(hash < 0 ? name : name.substring(0, hash));
        String number = hash < 0 ? "" : name.substring(hash + 1);
        Run<?, ?> run = hash < 0
                ? job.getLastBuild()
                : number.matches("[1-9][0-9]{0,8}") ? job.getBuildByNumber(Integer.parseInt(number)) : null;
        if (run == null) {
            throw new NoSuchWorkflowException(hash < 0 ? Messages.Workflows_neverRan(name) : Messages.Workflows_noRun(name, job.getFullName()));
        }
        return run;
    }

    /**
     * The last build of each Pipeline, the newest first.
     *
     * @param folder full name of the folder, or nothing for all
     */
    static List<Run<?, ?>> recent(String folder, int limit) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        List<Run<?, ?>> runs = new ArrayList<>();
        Jenkins.get().getAllItems(WorkflowJob.class, job -> job.getFullName().startsWith(prefix)).stream()
                .map(WorkflowJob::getLastBuild)
                .filter(Objects::nonNull)
                .forEach(runs::add);
        runs.sort(Comparator.<Run<?, ?>>comparingLong(Run::getTimeInMillis).reversed());
        return runs.size() > limit ? runs.subList(0, limit) : runs;
    }

    /**
     * @throws io.jenkins.plugins.understack.core.InvalidFieldException naming a parameter that the job does not take
     * @throws NotNowException where the job cannot be built now
     */
    static Queue.Item submit(Job<?, ?> job, Map<String, String> parameters) {
        job.checkPermission(Item.BUILD);
        return schedule(job, BuildParameters.of(job, parameters), null);
    }

    /**
     * Once more, with the same parameters and the same event.
     *
     * @throws NotNowException where the run has not ended, or has succeeded
     */
    static Queue.Item retry(Run<?, ?> run) {
        run.getParent().checkPermission(Item.BUILD);
        if (run.isBuilding()) {
            throw new NotNowException(Messages.Workflows_notEnded(run.getExternalizableId()));
        }
        if (hudson.model.Result.SUCCESS.equals(run.getResult())) {
            throw new NotNowException(Messages.Workflows_succeeded(run.getExternalizableId()));
        }
        ParametersAction parameters = run.getAction(ParametersAction.class);
        return schedule(
                run.getParent(),
                parameters == null ? new ParametersAction() : new ParametersAction(parameters.getParameters()),
                run.getExternalizableId());
    }

    private static Queue.Item schedule(Job<?, ?> job, ParametersAction parameters, String retryOf) {
        if (!(job instanceof ParameterizedJob<?, ?>) || !job.isBuildable()) {
            throw new NotNowException(Messages.Workflows_notBuildable(job.getFullName()));
        }
        List<Action> actions = List.of(new CauseAction(new Cause.UserIdCause()), new SubmittedAction(retryOf), parameters);
        Queue.Item item = ParameterizedJobMixIn.scheduleBuild2(job, 0, actions.toArray(Action[]::new));
        if (item == null) {
            throw new NotNowException(Messages.Workflows_refused(job.getFullName()));
        }
        return item;
    }

    /** Asks the run to end; it may take its time. @throws NotNowException where it has ended */
    static void stop(Run<?, ?> run) throws IOException {
        run.getParent().checkPermission(Item.CANCEL);
        if (!run.isBuilding()) {
            throw new NotNowException(Messages.Workflows_ended(run.getExternalizableId()));
        }
        if (run instanceof WorkflowRun workflow) {
            workflow.doStop();
            return;
        }
        Executor executor = run.getExecutor();
        if (executor != null) {
            executor.doStop();
        }
    }
}
