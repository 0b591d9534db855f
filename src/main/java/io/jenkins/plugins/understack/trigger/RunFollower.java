package io.jenkins.plugins.understack.trigger;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A start is settled when its run is on disk, together with its event; and it is over when its run has ended. */
@Extension
public final class RunFollower extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(RunFollower.class.getName());

    @Override
    public void onInitialize(Run<?, ?> run) {
        EventAction action = run.getAction(EventAction.class);
        if (action == null) {
            return;
        }
        try {
            StoredEvent stored = Understack.get().inbox().reader().eventOf(action.start());
            if (stored != null) {
                EventFiles.write(run, stored);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the event of " + run + " could not be written into its directory; eventData() will fail there");
        }
        try {
            run.save();
            Understack.get().starter().started(action.start(), run.getExternalizableId());
        } catch (IOException | RuntimeException e) {
            // It runs all the same; it is looked for again after a minute.
            LOGGER.log(Level.WARNING, e, () -> run + " could not be saved");
        }
        PendingBuilds.get().hasRun(action.start());
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        EventAction action = run.getAction(EventAction.class);
        if (action != null) {
            Understack.get().starter().finished(action.start());
        }
    }
}
