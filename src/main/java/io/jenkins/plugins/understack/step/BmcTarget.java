package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import io.jenkins.plugins.understack.core.redfish.Sessions;
import io.jenkins.plugins.understack.credentials.ObmCredentials;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Which BMC a step talks to and where its log-in comes from; holds no secret. Kept with the Pipeline, like {@link ObmLookup}. */
final class BmcTarget implements Serializable {
    private static final long serialVersionUID = 1L;

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

    /** A BMC that can be talked to. */
    record Reached(RedfishClient client, ObmCredential credential, Sessions sessions) {}

    /**
     * Looks up what is not known yet; the log-in anew each time, since it is not kept. Asks nothing of the BMC. May wait for Nautobot.
     *
     * @throws AbortException says everything in its message
     */
    Reached reach(StepContext context) throws IOException, InterruptedException {
        try {
            Run<?, ?> run = context.get(Run.class);
            if (address == null) {
                address = lookup.device(run).address();
            }
            Bmc bmc = Bmc.at(address);
            RedfishClient client = new RedfishClient(bmc, BmcHttp.caller(), Clock.systemUTC());
            ObmCredential credential = credential(context, run, bmc);
            return new Reached(client, credential, Understack.get().attempts().sessions(client, credential));
        } catch (ObmCredentialException | InvalidFieldException e) {
            throw new AbortException(step + ": " + e.getMessage());
        }
    }

    private ObmCredential credential(StepContext context, Run<?, ?> run, Bmc bmc)
            throws ObmCredentialException, IOException, InterruptedException {
        if (credentials != null) {
            return ObmCredentials.ofReference(context, credentials);
        }
        ObmLookup known = lookup.isGiven() ? lookup : new ObmLookup(step, null, null, bmc.url().getHost().replaceAll("[\\[\\]]", ""));
        return known.find(run);
    }

    @Override
    public String toString() {
        return lookup.isGiven() ? lookup.toString() : "BMC " + address;
    }
}
