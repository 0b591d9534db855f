package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.InboxSearch;
import io.jenkins.plugins.understack.core.inbox.Search;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** {@code dead-letters/}: what could not be handled, newest first, and what a person does about it. */
@Restricted(NoExternalUse.class)
public final class DeadLettersPage extends InboxPage {
    private String before;
    private Search search = Search.ANYTHING;
    private String next;
    private List<Row> rows = List.of();

    /** @param before only those below this id */
    public HttpResponse doIndex(StaplerRequest2 request, @QueryParameter("before") String wanted) {
        before = place("before", wanted, Ids::isStart);
        search = search(request);
        rows = readable(
                reader -> {
                    InboxSearch.Page<DeadLetter> page = new InboxSearch(reader, search).deadLetters(before, SIZE);
                    next = page.next();
                    return page.found().stream().map(Row::new).toList();
                },
                List.of());
        return HttpResponses.forwardToView(this, "page");
    }

    /** Those whose {@code id}s are given. */
    @RequirePOST
    public HttpResponse doReplay(StaplerRequest2 request) {
        InboxActions.check();
        Replays replays = new Replays();
        chosen(request).forEach(replays::add);
        Notes.tell(request, replays.words());
        return HttpResponses.redirectToDot();
    }

    /** All from {@code before} on; where there are more than one request takes, the next page is the rest. */
    @RequirePOST
    public HttpResponse doReplayAll(StaplerRequest2 request, @QueryParameter("before") String wanted) {
        InboxActions.check();
        Replays replays = new Replays();
        String rest = replays.addAll(place("before", wanted, Ids::isStart));
        Notes.tell(request, replays.words());
        return HttpResponses.redirectTo(rest == null ? "." : "./?before=" + rest);
    }

    /** Those whose {@code id}s are given. */
    @RequirePOST
    public HttpResponse doDiscard(StaplerRequest2 request, @QueryParameter String reason) {
        InboxActions.check();
        InboxActions.reason(reason);
        List<DeadLetter> letters = chosen(request);
        letters.forEach(letter -> InboxActions.discard(letter, reason));
        Notes.tell(request, List.of(Messages.DeadLettersPage_discarded(letters.size())));
        return HttpResponses.redirectToDot();
    }

    /** All of them exist, or nothing is done. */
    private static List<DeadLetter> chosen(StaplerRequest2 request) {
        String[] ids = request.getParameterValues("id");
        if (ids == null || ids.length > Replays.MOST) {
            throw HttpResponses.errorWithoutStack(400, Messages.DeadLettersPage_ids(String.valueOf(Replays.MOST)));
        }
        return Arrays.stream(ids).distinct().map(InboxActions::deadLetter).toList();
    }

    public List<Row> getRows() {
        return rows;
    }

    /** Where this page begins, or null for the newest. */
    public String getBefore() {
        return before;
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

    /** A dead letter as the page shows it. */
    public static final class Row {
        private final DeadLetter letter;

        Row(DeadLetter letter) {
            this.letter = letter;
        }

        public String getId() {
            return letter.id();
        }

        /** Of its event, or null for a message that is none. */
        public String getNumber() {
            return letter.kind() == DeadLetter.Kind.MESSAGE ? null : letter.id().substring(0, letter.id().indexOf('-'));
        }

        public String getTime() {
            return UnderstackConsole.seconds(letter.time());
        }

        public String getKind() {
            return Decision.label(letter.kind());
        }

        public String getOrigin() {
            return letter.source() + "/" + letter.event();
        }

        public String getEventId() {
            return letter.eventId();
        }

        public String getSensor() {
            return letter.sensor();
        }

        public String getJob() {
            return letter.job();
        }

        public String getReason() {
            return letter.reason();
        }

        public int getAttempts() {
            return letter.attempts();
        }
    }
}
