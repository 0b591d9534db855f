package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.LoginUnavailableException;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.Sessions;
import io.jenkins.plugins.understack.credentials.ObmCredentials;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Which BMC a step talks to and where its log-in comes from; holds no secret. Kept with the Pipeline, like {@link ObmLookup}. */
final class BmcTarget implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Duration LATER = Duration.ofSeconds(30);

    private final String step;
    private final ObmLookup lookup;
    private final String credentials;
    private String address;

    /** @param address null where the lookup tells it */
    BmcTarget(String step, ObmLookup lookup, String address, String credentials) {
        this.step = step;
        this.lookup = lookup;
        this.address = address;
        this.credentials = credentials;
    }

    /** The name of the step, for messages. */
    String step() {
        return step;
    }

    /** What the log-in of a BMC is asked of. */
    @FunctionalInterface
    interface Logins {
        /**
         * Anew each time, since it is not kept. May wait for Nautobot or a cluster.
         *
         * @throws NotYetException where these do not answer
         * @throws LoginUnavailableException where they have none
         */
        ObmCredential find() throws RedfishException, InterruptedException;
    }

    /** A BMC that can be talked to; its log-in is looked up for each new session, and only then. */
    record Reached(RedfishClient client, Logins logins, Sessions sessions) {}

    /**
     * Looks up the address where it is not known yet. Asks nothing of the BMC. May wait for Nautobot.
     *
     * @throws NotYetException where Nautobot does not answer
     * @throws AbortException says everything in its message
     */
    Reached reach(StepContext context) throws RedfishException, IOException, InterruptedException {
        try {
            Run<?, ?> run = context.get(Run.class);
            if (address == null) {
                address = lookup.address(run);
            }
            Bmc bmc = Bmc.at(address);
            RedfishClient client = new RedfishClient(bmc, BmcHttp.caller(), Clock.systemUTC());
            Logins logins = () -> find(() -> credential(context, run, bmc));
            return new Reached(client, logins, () -> {
                // Nobody is asked for the log-in of a BMC that is away.
                client.root();
                return Understack.get().attempts().login(client, logins.find());
            });
        } catch (ObmCredentialException e) {
            if (e.isPassing()) {
                throw later(e);
            }
            throw new AbortException(step + ": " + e.getMessage());
        } catch (InvalidFieldException e) {
            throw new AbortException(step + ": " + e.getMessage());
        }
    }

    private static NotYetException later(ObmCredentialException why) {
        return new NotYetException(why.getMessage(), 0, Instant.now().plus(LATER));
    }

    /** What looks a log-in up. */
    @FunctionalInterface
    interface Lookup {
        ObmCredential find() throws ObmCredentialException, IOException, InterruptedException;
    }

    /** As {@link Logins#find} says. */
    ObmCredential find(Lookup question) throws RedfishException, InterruptedException {
        try {
            return question.find();
        } catch (ObmCredentialException e) {
            if (e.isPassing()) {
                throw later(e);
            }
            throw new LoginUnavailableException(e.getMessage());
        } catch (InvalidFieldException e) {
            throw new LoginUnavailableException(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObmCredential credential(StepContext context, Run<?, ?> run, Bmc bmc)
            throws ObmCredentialException, IOException, InterruptedException {
        if (credentials != null) {
            return ObmCredentials.ofReference(context, credentials);
        }
        ObmLookup known = lookup.isGiven() ? lookup : new ObmLookup(step, null, null, bmc.url().getHost().replaceAll("[\\[\\]]", ""));
        return known.ask(run);
    }

    @Override
    public String toString() {
        return lookup.isGiven() ? lookup.toString() : "BMC " + address;
    }
}
