package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.nautobot.DeviceKey;
import io.jenkins.plugins.understack.core.nautobot.Devices;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import java.time.Duration;

/**
 * {@code getDevice(hostname: 'h1')} and {@code getObmIp(hostname: 'h1')}, or by {@code deviceId}: the device as a map, and the
 * address of its BMC.
 */
final class DeviceStep extends NautobotStep {
    private final Lookup lookup;

    @FunctionalInterface
    private interface Lookup {
        Object find(Devices devices, DeviceKey key) throws NautobotException, InterruptedException;
    }

    private DeviceStep(NautobotAccess access, String name, Lookup lookup) {
        super(access, name, "hostname", "deviceId");
        this.lookup = lookup;
    }

    static DeviceStep getDevice(NautobotAccess access) {
        return new DeviceStep(access, "getDevice", (devices, key) -> Json.plain(devices.device(key)));
    }

    static DeviceStep getObmIp(NautobotAccess access) {
        return new DeviceStep(access, "getObmIp", Devices::obmIp);
    }

    @Override
    public String summary(StepArguments arguments) {
        return PlainValues.line(arguments.text("hostname", arguments.text("deviceId", "")), 100);
    }

    @Override
    Object ask(NautobotClient nautobot, Duration timeout, StepArguments arguments) throws NautobotException, InterruptedException {
        DeviceKey key = new DeviceKey(arguments.text("hostname", ""), arguments.text("deviceId", ""));
        return lookup.find(new Devices(nautobot, timeout), key);
    }
}
