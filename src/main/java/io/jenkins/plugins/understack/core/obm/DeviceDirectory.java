package io.jenkins.plugins.understack.core.obm;

import java.util.List;

/** What is known of devices: Nautobot. Thread-safe; may take as long as a request over the network. */
public interface DeviceDirectory {
    /**
     * @param role its name, or null where the device has none
     * @param tags their names
     */
    record Device(String id, String name, String role, List<String> tags) {
        public Device {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Exactly one of the parameters is given, the other is null.
     *
     * @throws ObmCredentialException where there is no such device, or several
     */
    Device device(String hostname, String deviceId) throws ObmCredentialException, InterruptedException;

    /**
     * The address of the device's BMC. Exactly one of the parameters is given, the other is null.
     *
     * @throws ObmCredentialException where there is none
     */
    String address(String hostname, String deviceId) throws ObmCredentialException, InterruptedException;
}
