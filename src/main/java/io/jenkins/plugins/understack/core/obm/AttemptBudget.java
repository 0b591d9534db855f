package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Sessions;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Log-ins to BMCs, one after the other for each BMC and so seldom that none locks its accounts (an iDRAC does after three failures
 * within 60 s): the first two attempts at once, then, while they go on failing, each 60 s after the failure before. What has been
 * tried is shared by all builds, by whatever name they call the BMC, and survives a restart. Nothing waits here: {@link
 * NotYetException} says when to come again. Thread-safe; one for each store.
 */
public final class AttemptBudget {
    static final int AT_ONCE = 2;
    static final Duration SPACING = Duration.ofSeconds(60);

    /** Ten minutes of quiet begin a new count; so long is an iDRAC's own penalty (IPBlocking PenaltyTime, 600 s). */
    static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** An attempt without an end (the process died) stops blocking the others after that; a log-in takes 30 s at most. */
    static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(60);

    private static final Duration NEXT_IN_LINE = Duration.ofSeconds(1);

    private final StateStore store;
    private final StateMap attempts;
    private final Clock clock;
    private final BmcKeys keys;

    /** @param store gets a map {@code obm-attempts}: addresses of BMCs, counts and times */
    public AttemptBudget(StateStore store, Clock clock) {
        // As the JDK's HTTP client does, which connects to the first address.
        this(store, clock, new BmcKeys(InetAddress::getByName));
    }

    AttemptBudget(StateStore store, Clock clock, BmcKeys keys) {
        this.store = store;
        this.keys = keys;
        this.attempts = store.map("obm-attempts");
        this.clock = clock;
    }

    /** Logs in to one BMC with one credential, each time within the budget. */
    public Sessions sessions(RedfishClient client, ObmCredential credential) {
        return () -> login(client, credential);
    }

    /**
     * One attempt, where one may be made now; may wait for the BMC and for a name server. A BMC that cannot be reached or is starting costs none.
     *
     * @return to be closed
     * @throws NotYetException where another attempt is under way, where it is too early, or where the BMC is starting
     * @throws RedfishException with its {@link RedfishException#status} where the BMC refuses
     * @throws java.io.UncheckedIOException where the attempt cannot be recorded; none is made then
     */
    public RedfishSession login(RedfishClient client, ObmCredential credential) throws RedfishException, InterruptedException {
        client.root();
        String key = keys.of(client.bmc());
        Tried before = begin(client.bmc(), key);
        // Whatever goes wrong in between counts as a failure: the BMC may have seen it as one.
        Tried after = new Tried(before.misses + 1, null, null);
        RedfishSession session = null;
        boolean recorded = false;
        try {
            session = client.login(credential.user(), credential.password());
            after = null;
        } catch (RedfishException e) {
            if (e instanceof NotYetException || e.isUnreached()) {
                after = before.misses == 0 ? null : before;
            }
            throw e;
        } finally {
            try {
                end(key, after);
                recorded = true;
            } finally {
                if (!recorded && session != null) {
                    session.close();
                }
            }
        }
        return session;
    }

    /** One write, because another process may share the store. */
    private synchronized Tried begin(Bmc bmc, String key) throws NotYetException {
        AtomicReference<Tried> before = new AtomicReference<>();
        AtomicReference<NotYetException> refusal = new AtomicReference<>();
        store.save(() -> {
            try {
                before.set(count(bmc, key));
            } catch (NotYetException e) {
                refusal.set(e);
            }
        });
        if (refusal.get() != null) {
            throw refusal.get();
        }
        return before.get();
    }

    private Tried count(Bmc bmc, String key) throws NotYetException {
        Instant now = clock.instant();
        Tried tried = Tried.read(attempts.get(key), now);
        if (tried.last != null && tried.last.equals(now)) {
            // The clock was set back; from now on it counts.
            attempts.put(key, tried.toString());
        }
        if (tried.busyUntil != null && now.isBefore(tried.busyUntil)) {
            throw new NotYetException("BMC " + bmc + ": another log-in is under way", 0, now.plus(NEXT_IN_LINE));
        }
        if (tried.misses >= AT_ONCE && now.isBefore(tried.last.plus(SPACING))) {
            throw new NotYetException(
                    "BMC " + bmc + ": " + tried.misses + " log-ins in a row have failed; the next would lock it before "
                            + tried.last.plus(SPACING),
                    0,
                    tried.last.plus(SPACING));
        }
        for (Map.Entry<String, String> other : attempts.entrySet()) {
            if (Tried.read(other.getValue(), now).misses == 0) {
                attempts.remove(other.getKey());
            }
        }
        attempts.put(key, new Tried(tried.misses + 1, now, now.plus(LONGEST_ATTEMPT)).toString());
        return tried;
    }

    private synchronized void end(String key, Tried tried) {
        store.save(() -> {
            if (tried == null) {
                attempts.remove(key);
            } else {
                attempts.put(key, new Tried(tried.misses, tried.last == null ? clock.instant() : tried.last, null).toString());
            }
        });
    }

    /**
     * Of one BMC; as text its parts with blanks between them.
     *
     * @param misses in a row
     * @param last when the last of them ended; null where there is none
     * @param busyUntil while an attempt is under way, else null
     */
    private record Tried(int misses, Instant last, Instant busyUntil) {
        static Tried read(String text, Instant now) {
            if (text == null) {
                return new Tried(0, null, null);
            }
            String[] parts = text.split(" ");
            Instant last = Instant.parse(parts[1]);
            if (last.isAfter(now)) {
                // The clock was set back: nobody shall wait for hours.
                return new Tried(Integer.parseInt(parts[0]), now, null);
            }
            return last.plus(FORGOTTEN).isAfter(now)
                    ? new Tried(Integer.parseInt(parts[0]), last, parts.length > 2 ? Instant.parse(parts[2]) : null)
                    : new Tried(0, null, null);
        }

        @Override
        public String toString() {
            return misses + " " + last + (busyUntil == null ? "" : " " + busyUntil);
        }
    }
}
