package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpRetries;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.obm.AttemptBudget;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.Patience;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Sessions;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * How the workbench speaks to BMCs: in the thread of the run, which waits where it must. Log-ins
 * are counted, so that none is locked. Thread-safe.
 */
public final class Bmcs {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private final Function<String, Bmc> addresses;
    private final Clock clock;
    private final Sleeper sleeper;
    private final HttpCaller http;
    private final AttemptBudget budget;

    /**
     * Log-ins are counted for as long as the process lives.
     *
     * @param addresses what is meant by an address; {@link Bmc#at}, or simulated ones
     */
    public Bmcs(Function<String, Bmc> addresses, TlsTrust trust, Clock clock, Sleeper sleeper) {
        this(addresses, trust, clock, sleeper, new MemoryStateStore());
    }

    private Bmcs(Function<String, Bmc> addresses, TlsTrust trust, Clock clock, Sleeper sleeper, StateStore attempts) {
        this.addresses = addresses;
        this.clock = clock;
        this.sleeper = sleeper;
        HttpClient client = HttpCaller.client(HttpClient.newBuilder(), trust, RedfishClient.TIMEOUT);
        this.http = new HttpCaller(client, HttpRetries.NONE, RedfishClient.MAX_BODY_BYTES, clock, sleeper);
        this.budget = new AttemptBudget(attempts, clock);
    }

    /**
     * Those of the network.
     *
     * @param attempts where log-ins are counted
     */
    public static Bmcs real(TlsTrust trust, StateStore attempts) {
        return new Bmcs(Bmc::at, trust, Clock.systemUTC(), Sleeper.REAL, attempts);
    }

    Clock clock() {
        return clock;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    AttemptBudget budget() {
        return budget;
    }

    RedfishClient client(String address) {
        return new RedfishClient(addresses.apply(address), http, clock);
    }

    Sessions sessions(String address, ObmCredential credential) {
        return budget.sessions(client(address), credential);
    }

    /** What is done with a BMC. */
    interface Work<T> {
        T in(RedfishSession session) throws RedfishException, InterruptedException;
    }

    /** Logs in, as soon as that is allowed, and out again. */
    <T> T within(String step, StepArguments arguments, WorkflowRun run, Work<T> work) throws InterruptedException {
        Sessions sessions = sessions(arguments.text("device", null), run.credential(step, arguments.text("credentials", null)));
        return failing(step, () -> {
            try (RedfishSession session = patience().ask(sessions::open)) {
                return work.in(session);
            }
        });
    }

    Patience patience() {
        return new Patience(clock, sleeper, LONGEST_WAIT, line -> {});
    }

    /** What may fail in the ways of Redfish. */
    interface Attempt<T> {
        T make() throws Exception;
    }

    static <T> T failing(String step, Attempt<T> attempt) throws InterruptedException {
        try {
            return attempt.make();
        } catch (InterruptedException e) {
            throw e;
        } catch (InvalidFieldException e) {
            throw new WorkflowFailure(step + ": " + e.getMessage(), e);
        } catch (WorkflowFailure e) {
            throw e;
        } catch (Exception e) {
            throw new WorkflowFailure(e.getMessage(), e);
        }
    }
}
