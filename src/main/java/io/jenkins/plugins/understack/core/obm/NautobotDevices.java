package io.jenkins.plugins.understack.core.obm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.nautobot.DeviceKey;
import io.jenkins.plugins.understack.core.nautobot.Devices;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import java.util.ArrayList;
import java.util.List;

/** Devices and the addresses of their BMCs as Nautobot has them. Thread-safe. */
public final class NautobotDevices implements DeviceDirectory {
    private final Connection nautobot;

    /** Made when it is needed: which Nautobot is meant may be unclear. */
    @FunctionalInterface
    public interface Connection {
        NautobotClient open() throws NautobotException;
    }

    @FunctionalInterface
    private interface Lookup<T> {
        T find(Devices devices, DeviceKey key) throws NautobotException, InterruptedException;
    }

    public NautobotDevices(Connection nautobot) {
        this.nautobot = nautobot;
    }

    @Override
    public Device device(String hostname, String deviceId) throws ObmCredentialException, InterruptedException {
        // With the names of role and tags, not only their ids.
        JsonNode device = find(hostname, deviceId, (devices, key) -> devices.device(key, 1));
        List<String> tags = new ArrayList<>();
        device.path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
        return new Device(
                device.path("id").asText(), device.path("name").asText(), device.path("role").path("name").asText(null), tags);
    }

    @Override
    public String address(String hostname, String deviceId) throws ObmCredentialException, InterruptedException {
        return find(hostname, deviceId, Devices::obmIp);
    }

    private <T> T find(String hostname, String deviceId, Lookup<T> lookup) throws ObmCredentialException, InterruptedException {
        try {
            return lookup.find(new Devices(nautobot.open(), null), new DeviceKey(hostname, deviceId));
        } catch (NautobotException e) {
            throw new ObmCredentialException(named(hostname, deviceId) + e.getMessage(), e.isPassing());
        } catch (InvalidFieldException e) {
            throw new ObmCredentialException(named(hostname, deviceId) + e.getMessage());
        }
    }

    private static String named(String hostname, String deviceId) {
        return "device " + (hostname == null ? deviceId : hostname) + ": ";
    }
}
