package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Inboxes for tests of other rooms. */
public final class TestInbox {
    private TestInbox() {}

    /** Without secret fields and with default settings. */
    public static Inbox of(StateStore store, Clock clock) {
        return new Inbox(store, () -> InboxSettings.DEFAULT, source -> false, null, clock);
    }

    /** For one source with secret fields; "encrypts" by turning the text around. */
    public static Inbox withSecrets(StateStore store, String source) {
        return new Inbox(store, () -> InboxSettings.DEFAULT, source::equals, BACKWARDS, Clock.systemUTC());
    }

    public static final PayloadCipher BACKWARDS = new PayloadCipher() {
        @Override
        public String encrypt(String text) {
            return new StringBuilder(text).reverse().toString();
        }

        @Override
        public String decrypt(String text) {
            return encrypt(text);
        }
    };

    /** Tells of every start that is safe, when the future of its event completes. */
    public static Inbox of(StateStore store, Consumer<Start> starts) {
        Inbox inbox = of(store, Clock.systemUTC());
        inbox.onStarts(safe -> safe.stream().map(PendingStart::start).forEach(starts));
        return inbox;
    }

    /** Waits that were never started. */
    public static List<PendingStart> pending(Inbox inbox) {
        return inbox.reader().pending("", Integer.MAX_VALUE);
    }
}
