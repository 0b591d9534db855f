package io.jenkins.plugins.understack.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code getObmIp(hostname: …)} or {@code getObmIp(deviceId: …)}: the address of the device's BMC. */
public final class GetObmIpStep extends DeviceStep {
    @DataBoundConstructor
    public GetObmIpStep() {}

    @Override
    Lookup lookup() {
        return Lookup.OBM_IP;
    }

    @Extension
    public static final class DescriptorImpl extends DeviceStepDescriptor {
        @Override
        public String getFunctionName() {
            return "getObmIp";
        }

        @Override
        public String getDisplayName() {
            return Messages.GetObmIpStep_displayName();
        }
    }
}
