package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives a BMC the standard password, as UnderStack's {@code bmc_credentials.py}: tries the standard, the old and the factory
 * passwords in this order, each once; with the first that works sets the standard one and proves it by a new log-in. Goes on
 * step by step, without a thread that waits; see {@link #advance}. Not thread-safe.
 */
public final class CredentialSync {
    /** Of iDRACs, in the order of their likelihood: each miss may cost a minute. */
    public static final List<String> FACTORY_PASSWORDS = List.of("calvin", "calvincalvin", "calvin1", "calvincalvin1");

    private record Candidate(CandidateKind kind, ObmCredential credential) {}

    private final RedfishClient client;
    private final AttemptBudget budget;
    private final ObmCredential standard;
    private final List<Candidate> candidates = new ArrayList<>();
    private final boolean dryRun;
    private final Consumer<String> log;

    /**
     * @param standard the account, and the password that it shall have
     * @param oldPassword that it may have, or null
     * @param dryRun only find out which password works
     * @param log told in one line of each attempt, without passwords
     */
    public CredentialSync(
            RedfishClient client, AttemptBudget budget, ObmCredential standard, String oldPassword, boolean dryRun, Consumer<String> log) {
        this.client = client;
        this.budget = budget;
        this.standard = standard;
        this.dryRun = dryRun;
        this.log = log;
        Map<String, CandidateKind> passwords = new LinkedHashMap<>();
        passwords.put(standard.password(), CandidateKind.STANDARD);
        if (oldPassword != null && !oldPassword.isEmpty()) {
            passwords.putIfAbsent(oldPassword, CandidateKind.OLD);
        }
        FACTORY_PASSWORDS.forEach(password -> passwords.putIfAbsent(password, CandidateKind.FACTORY));
        passwords.forEach((password, kind) -> candidates.add(new Candidate(kind, new ObmCredential(standard.user(), password))));
    }

    /**
     * Goes on until the end or until it has to wait. Store what it returns, as {@link SyncProgress#toText}, and come again with it
     * at {@code notBeforeMillis}; after a restart of the process with {@link SyncProgress#afterRestart}, and with the same passwords.
     *
     * @return done, or with the time to come again
     * @throws RedfishException where no candidate works (with what each was answered), the account is missing, the BMC refuses the
     *     new password, or it cannot be reached
     */
    public SyncProgress advance(SyncProgress from) throws RedfishException, InterruptedException {
        SyncProgress at = from;
        while (!at.isDone()) {
            try {
                at = at.changed() == null ? attempt(at) : prove(at);
            } catch (NotYetException e) {
                return at.waiting(e.notBefore().toEpochMilli(), e.getMessage());
            }
        }
        return at;
    }

    /** The same at one go, for who has a thread to wait with. */
    public SyncResult run(Clock clock, Sleeper sleeper) throws RedfishException, InterruptedException {
        SyncProgress progress = advance(SyncProgress.begin());
        while (!progress.isDone()) {
            Duration wait = Duration.between(clock.instant(), Instant.ofEpochMilli(progress.notBeforeMillis()));
            log.accept(progress.why() + "; waiting " + wait.toSeconds() + " s");
            sleeper.sleep(wait.isNegative() ? Duration.ZERO : wait);
            progress = advance(progress);
        }
        return progress.result();
    }

    private SyncProgress attempt(SyncProgress at) throws RedfishException, InterruptedException {
        if (at.next() == candidates.size() && !at.recheck()) {
            throw new RedfishException("BMC " + client.bmc() + ": none of " + candidates.size() + " passwords of " + standard.user()
                    + " is accepted: " + String.join("; ", at.failures())
                    + ". Set its password by hand, or give the one that it has as the old password.");
        }
        Candidate candidate = candidates.get(at.recheck() ? 0 : at.next());
        RedfishSession session;
        try {
            session = budget.login(client, candidate.credential());
        } catch (NotYetException e) {
            throw e;
        } catch (RedfishException e) {
            // Without an answer nothing is known about the password; the next one would only be lost too.
            if (e.status() < 400) {
                throw e;
            }
            log.accept("BMC " + client.bmc() + ": the " + candidate.kind() + " password was answered with status " + e.status());
            return at.missed(candidate.kind() + ": status " + e.status());
        }
        try (session) {
            log.accept("BMC " + client.bmc() + ": the " + candidate.kind() + " password works");
            if (candidate.kind() == CandidateKind.STANDARD || dryRun) {
                return at.done(new SyncResult(candidate.kind(), false));
            }
            session.logging(log).setPassword(standard.user(), standard.password());
        }
        return at.set(candidate.kind());
    }

    private SyncProgress prove(SyncProgress at) throws RedfishException, InterruptedException {
        try {
            budget.login(client, standard).close();
        } catch (NotYetException e) {
            throw e;
        } catch (RedfishException e) {
            throw new RedfishException("BMC " + client.bmc() + " has taken the standard password of " + standard.user()
                    + ", but a log-in with it has failed: " + e.getMessage());
        }
        log.accept("BMC " + client.bmc() + ": has the standard password now");
        return at.done(new SyncResult(at.changed(), true));
    }
}
