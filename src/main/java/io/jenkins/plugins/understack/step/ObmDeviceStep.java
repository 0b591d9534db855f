package io.jenkins.plugins.understack.step;

import hudson.Util;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that is told a device by {@code hostname}, {@code deviceId} or the {@code ip} of its BMC. */
@Restricted(NoExternalUse.class)
public abstract class ObmDeviceStep extends Step {
    private String hostname;
    private String deviceId;
    private String ip;

    public String getHostname() {
        return hostname;
    }

    @DataBoundSetter
    public void setHostname(String hostname) {
        this.hostname = Util.fixEmptyAndTrim(hostname);
    }

    public String getDeviceId() {
        return deviceId;
    }

    @DataBoundSetter
    public void setDeviceId(String deviceId) {
        this.deviceId = Util.fixEmptyAndTrim(deviceId);
    }

    public String getIp() {
        return ip;
    }

    @DataBoundSetter
    public void setIp(String ip) {
        this.ip = Util.fixEmptyAndTrim(ip);
    }

    /** @param step its name, for messages */
    final ObmLookup lookup(String step) {
        return new ObmLookup(step, hostname, deviceId, ip);
    }

    /** For the list of steps: which device, or which reference. */
    static String summary(Map<String, Object> arguments) {
        return Stream.of("hostname", "deviceId", "ip", "device", "credentials")
                .map(arguments::get)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElse(null);
    }
}
