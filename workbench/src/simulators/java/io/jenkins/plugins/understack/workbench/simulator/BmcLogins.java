package io.jenkins.plugins.understack.workbench.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Accounts, sessions and the lock-out of a {@link BmcSimulator}: three failures within 60 s lock everybody out for ten minutes. */
final class BmcLogins {
    static final Duration WINDOW = Duration.ofSeconds(60);
    static final Duration PENALTY = Duration.ofMinutes(10);
    static final int FAILURES = 3;

    private final Clock clock;
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final List<String> issued = new ArrayList<>();
    private final List<Instant> failures = new ArrayList<>();
    private Instant lockedUntil = Instant.MIN;
    private int lockOuts;
    private int lastSession = 6;

    BmcLogins(Clock clock) {
        this.clock = clock;
    }

    synchronized void password(String user, String password) {
        passwords.put(user, password);
    }

    synchronized boolean has(String user, String password) {
        return password.equals(passwords.get(user));
    }

    synchronized List<String> users() {
        return List.copyOf(passwords.keySet());
    }

    /** Counts what fails; nobody gets in while it is locked, and trying then changes nothing. */
    synchronized boolean login(String user, String password) {
        Instant now = clock.instant();
        if (now.isBefore(lockedUntil)) {
            return false;
        }
        if (has(user, password)) {
            failures.clear();
            return true;
        }
        failures.removeIf(failure -> !failure.plus(WINDOW).isAfter(now));
        failures.add(now);
        if (failures.size() >= FAILURES) {
            lockedUntil = now.plus(PENALTY);
            lockOuts++;
            failures.clear();
        }
        return false;
    }

    /** Number and token of a new session. */
    synchronized Map.Entry<Integer, String> open() {
        String token = UUID.randomUUID().toString();
        issued.add(token);
        tokens.put(Integer.toString(++lastSession), token);
        return Map.entry(lastSession, token);
    }

    synchronized List<String> issued() {
        return List.copyOf(issued);
    }

    synchronized boolean knows(String token) {
        return tokens.containsValue(token);
    }

    synchronized boolean close(String session) {
        return tokens.remove(session) != null;
    }

    synchronized int openSessions() {
        return tokens.size();
    }

    synchronized int lockOuts() {
        return lockOuts;
    }

    synchronized void loseSessions() {
        tokens.clear();
    }
}
