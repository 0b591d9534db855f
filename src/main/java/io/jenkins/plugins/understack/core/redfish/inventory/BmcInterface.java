package io.jenkins.plugins.understack.core.redfish.inventory;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The network interface of the BMC itself. What the BMC does not tell is null.
 *
 * @param name {@code iDRAC}, {@code iLO}, or {@code BMC} of others
 * @param mac in upper case with colons
 * @param address the first of IPv4
 * @param netmask as it is told: {@code 255.255.255.192}
 * @param prefixLength the same as a number: 26
 * @param dhcp whether the address is from DHCP
 * @param hostname of the BMC, not of the server
 */
public record BmcInterface(
        String name, String mac, String address, String netmask, Integer prefixLength, String gateway, boolean dhcp, String hostname) {
    /** @param json DSP0268, EthernetInterface */
    static BmcInterface of(Vendor vendor, JsonNode json) {
        JsonNode first = json.path("IPv4Addresses").path(0);
        String netmask = Told.text(first, "SubnetMask");
        return new BmcInterface(
                vendor.bmc(),
                Told.mac(json),
                Told.text(first, "Address"),
                netmask,
                Told.prefixLength(netmask),
                Told.text(first, "Gateway"),
                "DHCP".equals(Told.text(first, "AddressOrigin")),
                Told.text(json, "HostName"));
    }
}
