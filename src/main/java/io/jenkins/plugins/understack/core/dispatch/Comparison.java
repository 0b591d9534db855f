package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Of what is pending with what exists. Its callers are told the outcome of each start, or null where there is none. */
final class Comparison {
    private static final int PAGE = 1_000;

    private final InboxReader inbox;
    private final BuildStarter builds;

    Comparison(InboxReader inbox, BuildStarter builds) {
        this.inbox = inbox;
        this.builds = builds;
    }

    /** Everything that is pending, in order. */
    void all(BiConsumer<PendingStart, StartOutcome> found) {
        List<PendingStart> page = inbox.pending("", PAGE);
        while (!page.isEmpty()) {
            compare(page, found);
            page = inbox.pending(page.get(page.size() - 1).id(), PAGE);
        }
    }

    /** Those of these ids that are still pending. */
    void of(List<String> ids, BiConsumer<PendingStart, StartOutcome> found) {
        compare(ids.stream().map(inbox::pendingStart).filter(Objects::nonNull).toList(), found);
    }

    private void compare(List<PendingStart> starts, BiConsumer<PendingStart, StartOutcome> found) {
        Map<String, StartOutcome> outcomes = builds.find(starts);
        starts.forEach(start -> found.accept(start, outcomes.get(start.id())));
    }
}
