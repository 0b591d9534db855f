package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What became of a start, as a page shows it.
 *
 * @param state as in docs/command-line.md
 * @param detail the run, the reason, or for what a pending one waits; null where there is nothing to say
 * @param link relative to Jenkins, of what the detail is about; null where the current user may not see it
 */
@Restricted(NoExternalUse.class)
public record StartRow(String id, String sensor, String job, String state, String detail, String link) {
    /** By id, so in the order in which they were decided on. */
    static List<StartRow> of(InboxReader reader, String number, Waits waits) {
        Map<String, StartRow> all = new TreeMap<>();
        for (PendingStart start : reader.pendingOf(number)) {
            all.put(start.id(), new StartRow(start.id(), start.sensor(), start.start().job(), "pending", waits.why(start), waits.link(start)));
        }
        for (Outcome outcome : reader.outcomesOf(number)) {
            String link = outcome.kind() == Outcome.Kind.STARTED ? Links.run(outcome.detail()) : null;
            all.put(
                    outcome.id(),
                    new StartRow(outcome.id(), outcome.sensor(), outcome.job(), Decision.label(outcome.kind()), outcome.detail(), link));
        }
        for (DeadLetter letter : reader.deadLettersOf(number)) {
            all.put(letter.id(), new StartRow(letter.id(), letter.sensor(), letter.job(), "dead-letter", letter.reason(), null));
        }
        return List.copyOf(all.values());
    }

    // Jelly reads properties, which records do not have.

    public String getId() {
        return id;
    }

    public String getSensor() {
        return sensor;
    }

    public String getJob() {
        return job;
    }

    public String getState() {
        return state;
    }

    public String getDetail() {
        return detail;
    }

    public String getLink() {
        return link;
    }
}
