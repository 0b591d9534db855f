package io.jenkins.plugins.understack.step;

import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step that talks to the BMC of a device. The BMC is given by its address, or is looked up like a log-in; the log-in by a reference, or
 * the configured providers are asked.
 */
@Restricted(NoExternalUse.class)
public abstract class BmcStep extends ObmDeviceStep {
    private String credentials;
    private String device;
    private int timeoutMinutes;

    /** What getObmCreds returned, or the id of a credential; null asks the providers. */
    public String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = Util.fixEmptyAndTrim(credentials);
    }

    /** The address of the BMC, as getObmIp returns it, also with a port; null where the device is named otherwise. */
    public String getDevice() {
        return device;
    }

    @DataBoundSetter
    public void setDevice(String device) {
        this.device = Util.fixEmptyAndTrim(device);
    }

    /** 0 for the one of the step. */
    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = Math.max(0, timeoutMinutes);
    }

    /** @param step its name, for messages */
    final BmcTarget target(String step) {
        return new BmcTarget(step, lookup(step), device, credentials);
    }

    final Duration timeout(Duration otherwise) {
        return timeoutMinutes == 0 ? otherwise : Duration.ofMinutes(timeoutMinutes);
    }

    /** All are listed by their device, and write to the log of the build. */
    public abstract static class BmcStepDescriptor extends StepDescriptor {
        @Override
        public final String argumentsToString(Map<String, Object> namedArgs) {
            return summary(namedArgs);
        }

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
