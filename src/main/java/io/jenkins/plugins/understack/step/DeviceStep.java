package io.jenkins.plugins.understack.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.Util;
import io.jenkins.plugins.understack.core.nautobot.DeviceKey;
import io.jenkins.plugins.understack.core.nautobot.Devices;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** A look-up by the name or the id of a device. */
public abstract class DeviceStep extends NautobotStep {
    private String hostname;
    private String deviceId;

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

    abstract Lookup lookup();

    @Override
    public StepExecution start(StepContext context) throws Exception {
        checked(() -> new DeviceKey(hostname, deviceId));
        return new Execution(context, this, new Ask(lookup(), hostname, deviceId));
    }

    enum Lookup {
        DEVICE {
            @Override
            JsonNode find(Devices devices, DeviceKey key) throws NautobotException, InterruptedException {
                return devices.device(key);
            }
        },
        OBM_IP {
            @Override
            JsonNode find(Devices devices, DeviceKey key) throws NautobotException, InterruptedException {
                return TextNode.valueOf(devices.obmIp(key));
            }
        };

        abstract JsonNode find(Devices devices, DeviceKey key) throws NautobotException, InterruptedException;
    }

    private static final class Ask implements Question {
        private static final long serialVersionUID = 1L;

        private final Lookup lookup;
        private final String hostname;
        private final String deviceId;

        Ask(Lookup lookup, String hostname, String deviceId) {
            this.lookup = lookup;
            this.hostname = hostname;
            this.deviceId = deviceId;
        }

        @Override
        public JsonNode ask(NautobotClient nautobot, Duration timeout) throws Exception {
            return lookup.find(new Devices(nautobot, timeout), new DeviceKey(hostname, deviceId));
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }
    }

    /** Both take the same arguments. */
    public abstract static class DeviceStepDescriptor extends NautobotStepDescriptor {
        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            Object name = namedArgs.get("hostname");
            return Objects.toString(name == null ? namedArgs.get("deviceId") : name, null);
        }
    }
}
