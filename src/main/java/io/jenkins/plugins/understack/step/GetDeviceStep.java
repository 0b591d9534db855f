package io.jenkins.plugins.understack.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code getDevice(hostname: …)} or {@code getDevice(deviceId: …)}: the device as Nautobot has it, as a map. */
public final class GetDeviceStep extends DeviceStep {
    @DataBoundConstructor
    public GetDeviceStep() {}

    @Override
    Lookup lookup() {
        return Lookup.DEVICE;
    }

    @Extension
    public static final class DescriptorImpl extends DeviceStepDescriptor {
        @Override
        public String getFunctionName() {
            return "getDevice";
        }

        @Override
        public String getDisplayName() {
            return Messages.GetDeviceStep_displayName();
        }
    }
}
