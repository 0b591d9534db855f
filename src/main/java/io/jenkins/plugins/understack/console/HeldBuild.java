package io.jenkins.plugins.understack.console;

import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.AccessControlled;
import io.jenkins.plugins.understack.queue.TurnAction;
import io.jenkins.plugins.understack.trigger.EventCause;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A build that waits for approval, as a page shows it. */
@Restricted(NoExternalUse.class)
public final class HeldBuild {
    private final Queue.Item item;
    private final TurnAction turn;
    private final EventCause cause;

    private HeldBuild(Queue.Item item, TurnAction turn) {
        this.item = item;
        this.turn = turn;
        this.cause = item.getCauses().stream()
                .filter(EventCause.class::isInstance)
                .map(EventCause.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Those of jobs that the current user may see, in the order of their events. */
    static List<HeldBuild> all() {
        return Arrays.stream(Queue.getInstance().getItems())
                .filter(item -> item.getAction(TurnAction.class) != null
                        && item.getAction(TurnAction.class).isWaitingForApproval()
                        && item.task instanceof AccessControlled task
                        && task.hasPermission(Item.READ))
                .sorted(Comparator.comparing(Queue.Item::getId))
                .map(item -> new HeldBuild(item, item.getAction(TurnAction.class)))
                .toList();
    }

    public String getJob() {
        return item.task.getFullDisplayName();
    }

    public String getJobUrl() {
        return item.task.getUrl();
    }

    public EventCause getCause() {
        return cause;
    }

    public String getReason() {
        return turn.getHeld();
    }

    public String getSince() {
        return item.getInQueueForString();
    }

    /** Relative to Jenkins; {@code approve} and {@code discard} are below. */
    public String getUrl() {
        return "queue/item/" + item.getId() + "/" + turn.getUrlName();
    }

    /** Whether the current user may decide. */
    public boolean isDecidable() {
        return ((AccessControlled) item.task).hasPermission(Item.BUILD);
    }
}
