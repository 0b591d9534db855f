package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;

/** {@code pending/}: starts without a run, oldest first, and for what they wait. */
@Restricted(NoExternalUse.class)
public final class PendingPage extends InboxPage {
    private String after;
    private List<Row> rows = List.of();

    /** @param after only starts behind this id */
    public HttpResponse doIndex(@QueryParameter("after") String wanted) {
        after = place("after", wanted, Ids::isStart);
        Waits waits = new Waits();
        rows = readable(
                reader -> reader.pending(after == null ? "" : after, SIZE).stream()
                        .map(start -> new Row(start, waits.why(start), waits.link(start)))
                        .toList(),
                List.of());
        return HttpResponses.forwardToView(this, "page");
    }

    public List<Row> getRows() {
        return rows;
    }

    public boolean isOldest() {
        return after == null;
    }

    /** Where the next page begins, or null. */
    public String getNext() {
        return rows.size() < SIZE ? null : rows.get(SIZE - 1).getId();
    }

    /** A start as the page shows it. */
    public static final class Row {
        private final PendingStart start;
        private final String why;
        private final String link;

        Row(PendingStart start, String why, String link) {
            this.start = start;
            this.why = why;
            this.link = link;
        }

        public String getId() {
            return start.id();
        }

        public String getNumber() {
            return start.number();
        }

        public String getSince() {
            return UnderstackConsole.seconds(start.since());
        }

        public String getOrigin() {
            return start.source() + "/" + start.event();
        }

        public String getEventId() {
            return start.eventId();
        }

        public String getSensor() {
            return start.sensor();
        }

        public String getJob() {
            return start.start().job();
        }

        public int getAttempts() {
            return start.attempts();
        }

        public String getWhy() {
            return why;
        }

        public String getLink() {
            return link;
        }
    }
}
