package io.jenkins.plugins.understack.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.InboxJson;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.InboxSearch;
import io.jenkins.plugins.understack.core.inbox.Search;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;

/**
 * {@code api/inbox/…}: what the pages show and do, for programs; a contract, described in docs/operator-guide.md. Each method answers
 * all addresses below its name and checks the methods of HTTP itself: Stapler would answer an address without slash by a redirect.
 */
@Restricted(NoExternalUse.class)
public final class InboxApi {
    private static final int MOST = 1_000;
    private static final String REPLAY = "replay";
    private static final String DISCARD = "discard";

    /** {@code events}, {@code events/<number>} and, with POST, {@code events/<number>/replay}. */
    public HttpResponse doEvents(StaplerRequest2 request) {
        List<String> path = path(request);
        if (path.isEmpty()) {
            return get(request, () -> {
                String before = InboxPage.place("before", request.getParameter("before"), Ids::isNumber);
                int limit = limit(request);
                Search search = InboxPage.search(request);
                return InboxPage.read(reader -> {
                    InboxSearch.Page<StoredEvent> page = new InboxSearch(reader, search).events(before, limit);
                    return JsonAnswer.array(page.found(), new RestJson(reader)::brief).next(next(request, search, page.next()));
                });
            });
        }
        if (path.size() == 1) {
            return get(request, () -> {
                StoredEvent stored = event(path.get(0));
                return InboxPage.read(reader -> new JsonAnswer(new RestJson(reader).detailed(stored)));
            });
        }
        if (path.size() == 2 && path.get(1).equals(REPLAY)) {
            return post(request, () -> {
                StoredEvent stored = event(path.get(0));
                String sensor = request.getParameter("sensor");
                return decided(stored, InboxActions.replay(stored, sensor == null || sensor.isEmpty() ? null : sensor));
            });
        }
        throw HttpResponses.notFound();
    }

    /** {@code pending}. */
    public HttpResponse doPending(StaplerRequest2 request) {
        if (!path(request).isEmpty()) {
            throw HttpResponses.notFound();
        }
        return get(request, () -> {
            String after = InboxPage.place("after", request.getParameter("after"), Ids::isStart);
            int limit = limit(request);
            return InboxPage.read(reader ->
                    JsonAnswer.array(reader.pending(after == null ? "" : after, limit), new RestJson(reader)::pending));
        });
    }

    /** {@code dead-letters} and, with POST, {@code dead-letters/<id>/replay} and {@code dead-letters/<id>/discard}. */
    @WebMethod(name = "dead-letters")
    public HttpResponse doDeadLetters(StaplerRequest2 request) {
        List<String> path = path(request);
        if (path.isEmpty()) {
            return get(request, () -> {
                String before = InboxPage.place("before", request.getParameter("before"), Ids::isStart);
                int limit = limit(request);
                Search search = InboxPage.search(request);
                return InboxPage.read(reader -> {
                    InboxSearch.Page<DeadLetter> page = new InboxSearch(reader, search).deadLetters(before, limit);
                    return JsonAnswer.array(page.found(), InboxJson::deadLetter).next(next(request, search, page.next()));
                });
            });
        }
        if (path.size() == 2 && path.get(1).equals(REPLAY)) {
            return post(request, () -> {
                DeadLetter letter = InboxActions.deadLetter(path.get(0));
                List<Decision> decisions = InboxActions.replay(letter);
                return decided(event(letter.id().substring(0, letter.id().indexOf('-'))), decisions);
            });
        }
        if (path.size() == 2 && path.get(1).equals(DISCARD)) {
            return post(request, () -> {
                DeadLetter letter = InboxActions.deadLetter(path.get(0));
                InboxActions.discard(letter, request.getParameter("reason"));
                return new JsonAnswer(InboxJson.deadLetter(letter));
            });
        }
        throw HttpResponses.notFound();
    }

    /** What goes on with a search, relative to this request; null where there is nothing more. */
    private static String next(StaplerRequest2 request, Search search, String place) {
        return place == null ? null : InboxPage.query(search, place) + "&limit=" + limit(request);
    }

    private static List<String> path(StaplerRequest2 request) {
        return Arrays.stream(request.getRestOfPath().split("/")).filter(part -> !part.isEmpty()).toList();
    }

    /** For those who may see the system. */
    private static HttpResponse get(StaplerRequest2 request, Supplier<HttpResponse> answer) {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        WrongMethod.unlessGet(request);
        return answer.get();
    }

    /** For administrators. */
    private static HttpResponse post(StaplerRequest2 request, Supplier<HttpResponse> answer) {
        InboxActions.check();
        if (!request.getMethod().equals("POST")) {
            throw new WrongMethod("POST");
        }
        return answer.get();
    }

    private static StoredEvent event(String number) {
        StoredEvent stored = Ids.isNumber(number) ? InboxPage.read(reader -> reader.event(number)) : null;
        if (stored == null) {
            throw HttpResponses.errorWithoutStack(404, Messages.InboxApi_noEvent());
        }
        return stored;
    }

    private static int limit(StaplerRequest2 request) {
        String text = request.getParameter("limit");
        if (text == null || text.isEmpty()) {
            return InboxPage.SIZE;
        }
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > MOST) {
            throw HttpResponses.errorWithoutStack(400, Messages.InboxApi_limit(String.valueOf(MOST)));
        }
        return Integer.parseInt(text);
    }

    private static HttpResponse decided(StoredEvent stored, List<Decision> decisions) {
        ObjectNode json = InboxPage.read((InboxReader reader) -> new RestJson(reader).decided(stored, decisions));
        return new JsonAnswer(json);
    }
}
