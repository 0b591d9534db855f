package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Replays of dead letters or events within one request. */
final class Replays {
    /** That one request looks at. */
    static final int MOST = 1_000;

    private static final int PAGE = 100;

    /** Several dead letters of one sensor for one event are one replay. */
    private final Set<List<String>> done = new HashSet<>();

    private final InboxReader reader = InboxPage.reader();
    private final List<String> words = new ArrayList<>();
    private int matched;
    private int messages;

    void add(DeadLetter letter) {
        if (letter.kind() == DeadLetter.Kind.MESSAGE) {
            messages++;
            return;
        }
        if (!done.add(List.of(letter.id().substring(0, letter.id().indexOf('-')), letter.sensor()))) {
            return;
        }
        if (reader.eventOf(letter.id()) == null) {
            words.add(Messages.InboxActions_noEvent(letter.id()));
            return;
        }
        tell(InboxActions.replay(letter), letter.sensor(), letter.id());
    }

    /**
     * @param number of an event
     * @param sensor to which of its sensors; null for all
     */
    void add(String number, String sensor) {
        StoredEvent stored = reader.event(number);
        if (stored == null) {
            words.add(Messages.Replays_noEvent(number));
            return;
        }
        tell(InboxActions.replay(stored, sensor), sensor, number);
    }

    private void tell(List<Decision> decisions, String sensor, String what) {
        if (decisions.stream().anyMatch(decision -> decision.verdict() == Verdict.MATCH)) {
            matched++;
        } else {
            words.addAll(InboxActions.words(decisions, sensor, what));
        }
    }

    /**
     * @param before only those below this id; null for all
     * @return where the next request goes on, or null at the end
     */
    String addAll(String before) {
        String last = before;
        for (int seen = 0; seen < MOST; seen += PAGE) {
            List<DeadLetter> page = reader.deadLetters(last, PAGE);
            for (DeadLetter letter : page) {
                add(letter);
                last = letter.id();
            }
            if (page.size() < PAGE) {
                return null;
            }
        }
        return last;
    }

    /** For the person who asked for them. */
    List<String> words() {
        List<String> all = new ArrayList<>();
        all.add(Messages.Replays_matched(matched));
        if (messages > 0) {
            all.add(Messages.Replays_messages(messages));
        }
        all.addAll(words);
        return all;
    }
}
