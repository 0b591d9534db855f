package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.Optional;

/**
 * The device whose BMC's log-in is asked for, as far as it was named; the rest is looked up when somebody wants to know it, and
 * once. Used by one thread.
 */
public final class ObmDevice {
    private final String hostname;
    private final String deviceId;
    private final String ip;
    private final DeviceDirectory directory;
    private DeviceDirectory.Device found;
    private String foundAddress;

    private ObmDevice(String hostname, String deviceId, String ip, DeviceDirectory directory) {
        this.hostname = hostname;
        this.deviceId = deviceId;
        this.ip = ip;
        this.directory = directory;
    }

    /**
     * Nothing is looked up yet. Blank is as good as null.
     *
     * @param hostname the name of the device
     * @param deviceId its id in Nautobot; not together with a name
     * @param ip the address of its BMC; spares looking it up where the device is named as well
     * @param directory null where no Nautobot is configured
     * @throws InvalidFieldException where none is given, a name and an id are, or the address is none
     */
    public static ObmDevice of(String hostname, String deviceId, String ip, DeviceDirectory directory) {
        ObmDevice device = new ObmDevice(Fields.optional(hostname), Fields.optional(deviceId), Fields.notEmptyOrNull(ip), directory);
        if (device.hostname != null && device.deviceId != null) {
            throw new InvalidFieldException("deviceId", "is given together with a hostname; expected one of them");
        }
        if (device.ip != null) {
            StandardPassword.checkAddress("ip", device.ip);
        } else if (!device.isNamed()) {
            throw new InvalidFieldException("hostname", "is empty; expected hostname, deviceId or ip");
        }
        return device;
    }

    /** Whether more is known, or can be looked up, than the address of a BMC. */
    public boolean isNamed() {
        return hostname != null || deviceId != null;
    }

    /** Empty where only an address was given. */
    public Optional<String> name() throws ObmCredentialException, InterruptedException {
        return hostname != null ? Optional.of(hostname) : record().map(DeviceDirectory.Device::name);
    }

    /** The id in Nautobot; empty where only an address was given. */
    public Optional<String> id() throws ObmCredentialException, InterruptedException {
        return deviceId != null ? Optional.of(deviceId) : record().map(DeviceDirectory.Device::id);
    }

    /** What Nautobot knows of the device; empty where only an address was given. */
    public Optional<DeviceDirectory.Device> record() throws ObmCredentialException, InterruptedException {
        if (found == null && isNamed()) {
            found = directory("its role, tags or id").device(hostname, deviceId);
        }
        return Optional.ofNullable(found);
    }

    /** IPv4 or IPv6 of the BMC, in the form that it was given or is recorded in. */
    public String address() throws ObmCredentialException, InterruptedException {
        if (ip != null) {
            return ip;
        }
        if (foundAddress == null) {
            foundAddress = directory("the address of its BMC").address(hostname, deviceId);
        }
        return foundAddress;
    }

    private DeviceDirectory directory(String what) throws ObmCredentialException {
        if (directory == null) {
            throw new ObmCredentialException(this + ": " + what + " cannot be looked up, since no Nautobot is configured");
        }
        return directory;
    }

    /** For messages. */
    @Override
    public String toString() {
        return hostname != null ? "device " + hostname : deviceId != null ? "device " + deviceId : "BMC " + ip;
    }
}
