package io.jenkins.plugins.understack.trigger;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.queue.TurnAction;
import java.io.IOException;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;

/**
 * Belongs to a queue item and later to its build: keeps the queue from folding two events into one build, and shows the
 * event on the build's page.
 */
public final class EventAction implements Queue.QueueAction, RunAction2, StaplerProxy {
    static final String URL = "event";

    private final String eventId;
    /** Id of the start in the inbox. */
    private final String start;

    private transient Run<?, ?> run;

    EventAction(PendingStart start) {
        this.eventId = start.eventId();
        this.start = start.id();
    }

    /**
     * Jenkins asks both the item in the queue and the new one; one "yes" keeps them apart. "No" is said only for the same start: the
     * inbox knows events that come again.
     */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return actions.stream().noneMatch(action -> action instanceof EventAction other && start.equals(other.start));
    }

    /** Id of the start in the inbox. */
    public String start() {
        return start;
    }

    String eventId() {
        return eventId;
    }

    /** The page belongs to the build; an item of the queue has none. */
    @Override
    @Restricted(DoNotUse.class) // Stapler
    public Object getTarget() {
        if (run == null || !run.getParent().hasPermission(Item.READ)) {
            throw HttpResponses.notFound();
        }
        return this;
    }

    /** Who was asked, who approved, and what was replaced. */
    public TurnAction getTurn() {
        return run.getAction(TurnAction.class);
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public EventCause getCause() {
        return EventCause.of(run);
    }

    /** Event data can hold more than the parameters of the build show. */
    public boolean isDataVisible() {
        return run.getParent().hasPermission(Item.CONFIGURE);
    }

    /** The event as indented CloudEvents JSON, without what is secret. */
    @Restricted(DoNotUse.class) // Jelly
    public String getJson() throws IOException {
        run.getParent().checkPermission(Item.CONFIGURE);
        Event shown = EventFiles.shown(run);
        return shown == null ? Messages.EventAction_gone() : shown.toCloudEvent().toPrettyString();
    }

    @Override
    public String getIconFileName() {
        return "symbol-notifications";
    }

    @Override
    public String getDisplayName() {
        return Messages.EventAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
