package io.jenkins.plugins.understack.console;

import hudson.Util;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.InboxSearch;
import io.jenkins.plugins.understack.core.inbox.Search;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

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

    /** Those whose {@code number}s are given; for administrators. @param sensor to which of their sensors; nothing for all */
    @RequirePOST
    public HttpResponse doReplay(StaplerRequest2 request, @QueryParameter String sensor) {
        InboxActions.check();
        String[] numbers = request.getParameterValues("number");
        if (numbers == null || numbers.length > Replays.MOST || !Arrays.stream(numbers).allMatch(Ids::isNumber)) {
            throw HttpResponses.errorWithoutStack(400, Messages.EventsPage_numbers(String.valueOf(Replays.MOST)));
        }
        Replays replays = new Replays();
        // One after the other: all of their data at once may be too much.
        Arrays.stream(numbers).distinct().forEach(number -> replays.add(number, Util.fixEmpty(sensor)));
        Notes.tell(request, replays.words());
        return HttpResponses.redirectToDot();
    }

    /** Names of those that events can be replayed to. */
    public List<String> getSensors() {
        return Understack.get().sensors().all().stream().map(program -> program.sensor().name()).distinct().sorted().toList();
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
