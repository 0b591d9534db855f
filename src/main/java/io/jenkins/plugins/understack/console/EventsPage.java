package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;

/** {@code events/}: stored events, newest first, with what became of their starts. */
@Restricted(NoExternalUse.class)
public final class EventsPage extends InboxPage {
    private String before;
    private List<Row> rows = List.of();

    /** @param before only events below this number */
    public HttpResponse doIndex(@QueryParameter("before") String wanted) {
        before = place("before", wanted, Ids::isNumber);
        Waits waits = new Waits();
        rows = readable(
                reader -> reader.events(before, SIZE).stream()
                        .map(stored -> new Row(stored, StartRow.of(reader, stored.number(), waits)))
                        .toList(),
                List.of());
        return HttpResponses.forwardToView(this, "page");
    }

    /** The page of the event with this number; null, which is 404, where there is none. */
    public EventPage getDynamic(String number) {
        StoredEvent stored = Ids.isNumber(number) ? read(reader -> reader.event(number)) : null;
        return stored == null ? null : new EventPage(stored);
    }

    public List<Row> getRows() {
        return rows;
    }

    public boolean isNewest() {
        return before == null;
    }

    /** Where the next page begins, or null. */
    public String getNext() {
        return rows.size() < SIZE ? null : rows.get(SIZE - 1).getNumber();
    }

    /** An event as the page shows it. */
    public static final class Row {
        private static final int MOST_STARTS = 10;

        private final StoredEvent stored;
        private final List<StartRow> starts;

        Row(StoredEvent stored, List<StartRow> starts) {
            this.stored = stored;
            this.starts = starts;
        }

        public String getNumber() {
            return stored.number();
        }

        public String getTime() {
            return UnderstackConsole.seconds(stored.accepted());
        }

        public String getOrigin() {
            return stored.event().source() + "/" + stored.event().name();
        }

        public String getType() {
            return stored.event().type();
        }

        public String getId() {
            return stored.event().id();
        }

        /** The first of them. */
        public List<StartRow> getStarts() {
            return starts.subList(0, Math.min(MOST_STARTS, starts.size()));
        }

        /** How many there are beyond {@link #getStarts}. */
        public int getMore() {
            return Math.max(0, starts.size() - MOST_STARTS);
        }
    }
}
