package io.jenkins.plugins.understack.step;

import hudson.model.Run;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One answer with a log-in; kept nowhere. */
@Restricted(NoExternalUse.class)
public final class ShownObmCreds {
    private final Run<?, ?> run;
    private final String device;
    private final ObmCredential credential;

    ShownObmCreds(Run<?, ?> run, String device, ObmCredential credential) {
        this.run = run;
        this.device = device;
        this.credential = credential;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public String getDevice() {
        return device;
    }

    public String getUser() {
        return credential.user();
    }

    public String getPassword() {
        return credential.password();
    }
}
