package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.InboxSearch;
import io.jenkins.plugins.understack.core.inbox.Search;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code events/}: stored events, newest first, with what became of their starts. */
@Restricted(NoExternalUse.class)
public final class EventsPage extends InboxPage {
    private String before;
    private Search search = Search.ANYTHING;
    private String next;
    private List<Row> rows = List.of();

    /** @param before only events below this number */
    public HttpResponse doIndex(StaplerRequest2 request, @QueryParameter("before") String wanted) {
        before = place("before", wanted, Ids::isNumber);
        search = search(request);
        Waits waits = new Waits();
        rows = readable(
                reader -> {
                    InboxSearch.Page<StoredEvent> page = new InboxSearch(reader, search).events(before, SIZE);
                    next = page.next();
                    return page.found().stream()
                            .map(stored -> new Row(stored, StartRow.of(reader, stored.number(), waits)))
                            .toList();
                },
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

    public Search getSearch() {
        return search;
    }

    /** The query of the newest that were looked for. */
    public String getNewestQuery() {
        return query(search, null);
    }

    /** The query of the next page, or null. */
    public String getNextQuery() {
        return next == null ? null : query(search, next);
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
