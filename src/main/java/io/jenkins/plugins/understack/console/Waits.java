package io.jenkins.plugins.understack.console;

import hudson.model.Queue;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.trigger.EventAction;
import java.util.HashMap;
import java.util.Map;

/** Why starts wait, as far as the current user may know. For one page: Jenkins' queue is looked through once. */
final class Waits {
    private Map<String, Queue.Item> queue;

    private Queue.Item item(PendingStart start) {
        if (queue == null) {
            queue = new HashMap<>();
            for (Queue.Item item : Queue.getInstance().getItems()) {
                EventAction action = item.getAction(EventAction.class);
                if (action != null) {
                    queue.put(action.start(), item);
                }
            }
        }
        return queue.get(start.id());
    }

    /** A sentence. */
    String why(PendingStart start) {
        Queue.Item item = item(start);
        if (item != null && item.getWhy() != null) {
            return Messages.Waits_inQueue(item.getWhy());
        }
        if (item != null || Understack.get().starter().isInFlight(start.id())) {
            return Messages.Waits_begins();
        }
        if (start.reason() == null) {
            return Messages.Waits_turn();
        }
        return start.notBefore() == null
                ? start.reason()
                : Messages.Waits_again(start.reason(), start.attempts(), UnderstackConsole.seconds(start.notBefore()));
    }

    /** Of the job whose queue it is in, relative to Jenkins; null where it is in no queue. */
    String link(PendingStart start) {
        Queue.Item item = item(start);
        return item == null ? null : item.task.getUrl();
    }
}
