package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.sensor.Decision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponses;

/**
 * What a person may do with the inbox: for administrators, and with a line in the log of who did what to which ids. What cannot be done
 * is an answer of HTTP with a sentence.
 */
final class InboxActions {
    private static final Logger LOGGER = Logger.getLogger(InboxActions.class.getName());
    private static final int LONGEST_REASON = 1_000;

    private InboxActions() {}

    /**
     * @param sensor which of the event's sensors, or null for all
     * @return what they decided, when it is safe
     */
    static List<Decision> replay(StoredEvent stored, String sensor) {
        return replay(stored, sensor, "event " + stored.number());
    }

    private static List<Decision> replay(StoredEvent stored, String sensor, String what) {
        check();
        if (!Understack.get().isCompared()) {
            throw HttpResponses.errorWithoutStack(503, Messages.InboxActions_notYet());
        }
        List<Decision> decisions =
                safe(Understack.get().dispatcher().replay(stored, name -> sensor == null || sensor.equals(name)));
        // Names of sensors that exist, not what was asked for: that is any text.
        log("replayed " + what + "; sensors: " + decisions.stream().map(Decision::sensor).toList());
        return decisions;
    }

    /** To its own sensor. */
    static List<Decision> replay(DeadLetter letter) {
        check();
        if (letter.kind() == DeadLetter.Kind.MESSAGE) {
            throw HttpResponses.errorWithoutStack(409, Messages.InboxActions_message(letter.id()));
        }
        StoredEvent stored = InboxPage.read(reader -> reader.eventOf(letter.id()));
        if (stored == null) {
            throw HttpResponses.errorWithoutStack(409, Messages.InboxActions_noEvent(letter.id()));
        }
        return replay(stored, letter.sensor(), "dead letter " + letter.id());
    }

    static void discard(DeadLetter letter, String reason) {
        check();
        safe(Understack.get().inbox().discard(letter, Messages.InboxActions_by(reason(reason), user())));
        log("discarded dead letter " + letter.id());
    }

    /** @return without space around it */
    static String reason(String reason) {
        String text = reason == null ? "" : reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw HttpResponses.errorWithoutStack(400, Messages.InboxActions_reason(String.valueOf(LONGEST_REASON)));
        }
        return text;
    }

    /** The dead letter with an id from outside; 404 where there is none. */
    static DeadLetter deadLetter(String id) {
        DeadLetter letter = Ids.isStart(id) ? InboxPage.read(reader -> reader.deadLetter(id)) : null;
        if (letter == null) {
            throw HttpResponses.errorWithoutStack(404, Messages.InboxActions_noLetter());
        }
        return letter;
    }

    /** For who sees that a sensor was asked. */
    static List<String> words(List<Decision> decisions, String sensor, String what) {
        if (decisions.isEmpty()) {
            return List.of(
                    sensor == null ? Messages.InboxActions_noSensors(what) : Messages.InboxActions_noSensor(what, sensor));
        }
        return decisions.stream()
                .map(DecisionRow::new)
                .map(row -> row.getJob() != null
                        ? Messages.InboxActions_matched(what, row.getSensor(), row.getJob())
                        : Messages.InboxActions_decided(
                                what, row.getSensor(), row.getVerdict(), row.getReasons().isEmpty() ? "" : last(row.getReasons())))
                .toList();
    }

    /** The one that decided. */
    private static String last(List<String> reasons) {
        return reasons.get(reasons.size() - 1);
    }

    static void check() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    private static String user() {
        return Jenkins.getAuthentication2().getName();
    }

    private static void log(String what) {
        LOGGER.log(Level.INFO, "{0} {1}", new Object[] {user(), what});
    }

    private static <T> T safe(CompletableFuture<T> change) {
        try {
            return change.join();
        } catch (CompletionException e) {
            throw HttpResponses.errorWithoutStack(503, Messages.InboxActions_notWritten(e.getCause().getMessage()));
        }
    }
}
