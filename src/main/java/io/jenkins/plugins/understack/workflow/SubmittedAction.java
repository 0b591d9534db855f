package io.jenkins.plugins.understack.workflow;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.understack.trigger.EventFiles;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Belongs to a build that was submitted: each submission is a build of its own, also with the same parameters. */
final class SubmittedAction extends InvisibleAction implements Queue.QueueAction {
    private static final Logger LOGGER = Logger.getLogger(SubmittedAction.class.getName());

    /** Id of the build that is tried once more, or null. */
    private final String retryOf;

    SubmittedAction(String retryOf) {
        this.retryOf = retryOf;
    }

    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }

    /** A retry works on the event of the build that it repeats. */
    @Extension
    public static final class Follower extends RunListener<Run<?, ?>> {
        @Override
        public void onInitialize(Run<?, ?> run) {
            SubmittedAction action = run.getAction(SubmittedAction.class);
            Run<?, ?> first = action == null || action.retryOf == null ? null : Run.fromExternalizableId(action.retryOf);
            if (first == null) {
                return;
            }
            try {
                EventFiles.copy(first, run);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "the event of " + first + " could not be copied to " + run + "; eventData() will fail there");
            }
        }
    }
}
