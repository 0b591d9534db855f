package io.jenkins.plugins.understack.step;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.obm.CredentialSync;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.SyncProgress;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.credentials.ObmCredentials;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code obmSyncCreds(hostname: …)}: gives a BMC the password that the configuration has for it, whether it has that, an old or a factory
 * one now. Returns the kind of the one that worked, never a value.
 */
public final class ObmSyncCredsStep extends BmcStep {
    /** Six candidates with a minute between most, behind others at the same BMC. */
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private String oldCredentials;
    private boolean dryRun;

    @DataBoundConstructor
    public ObmSyncCredsStep() {}

    /** What getObmCreds returned, or the id of a credential, whose password the BMC may have now; null for none. */
    public String getOldCredentials() {
        return oldCredentials;
    }

    @DataBoundSetter
    public void setOldCredentials(String oldCredentials) {
        this.oldCredentials = Util.fixEmptyAndTrim(oldCredentials);
    }

    /** Only find out which password works. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, target("obmSyncCreds"), timeout(TIMEOUT), oldCredentials, dryRun);
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        private final String oldCredentials;
        private final boolean dryRun;
        private volatile String progress = SyncProgress.begin().toText();
        /** A turn has begun and its end is not known: in a stored one Jenkins died in the middle of it. */
        private volatile boolean working;

        Execution(StepContext context, BmcTarget target, Duration timeout, String oldCredentials, boolean dryRun) {
            super(context, target, timeout);
            this.oldCredentials = oldCredentials;
            this.dryRun = dryRun;
        }

        @Override
        void restarted() {
            if (working) {
                progress = SyncProgress.of(progress).afterRestart().toText();
            }
        }

        @Override
        Turn turn(BmcTarget.Reached bmc) throws RedfishException, IOException, InterruptedException {
            CredentialSync sync = new CredentialSync(
                    bmc.client(), Understack.get().attempts(), bmc.logins().find(), oldPassword(), dryRun, this::log);
            working = true;
            store();
            SyncProgress now = sync.advance(SyncProgress.of(progress));
            progress = now.toText();
            working = false;
            if (!now.isDone()) {
                return new Turn.Again(Instant.ofEpochMilli(now.notBeforeMillis()), now.why());
            }
            return new Turn.Done(Map.of("worked", now.result().worked().toString(), "changed", now.result().changed()));
        }

        private String oldPassword() throws RedfishException, InterruptedException {
            return oldCredentials == null ? null : target.find(this::old).password();
        }

        private ObmCredential old() throws ObmCredentialException, IOException, InterruptedException {
            try {
                return ObmCredentials.ofReference(getContext(), oldCredentials);
            } catch (ObmCredentialException e) {
                throw new ObmCredentialException("oldCredentials: " + e.getMessage(), e.isPassing());
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends BmcStepDescriptor {
        @Override
        public String getFunctionName() {
            return "obmSyncCreds";
        }

        @Override
        public String getDisplayName() {
            return Messages.ObmSyncCredsStep_displayName();
        }
    }
}
