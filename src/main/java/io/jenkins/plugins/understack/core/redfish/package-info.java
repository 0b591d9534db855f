/**
 * What we do with BMCs, in the words of Redfish (DMTF DSP0266, the protocol, by the titles of its clauses in version 1.20,
 * whose numbers change between versions; and DSP0268, the data model, by its schemas). A {@link io.jenkins.plugins.understack.core.redfish.RedfishClient} logs
 * in and gives a {@link io.jenkins.plugins.understack.core.redfish.RedfishSession}, which the use cases work with:
 * {@link io.jenkins.plugins.understack.core.redfish.SystemPower}, {@link io.jenkins.plugins.understack.core.redfish.BootOverride},
 * {@link io.jenkins.plugins.understack.core.redfish.Settings} and {@link
 * io.jenkins.plugins.understack.core.redfish.update.FirmwareUpdate}. Nothing here waits for a BMC: where it must be asked
 * later, a {@link io.jenkins.plugins.understack.core.redfish.NotYetException} says when, and all use cases can be begun anew.
 */
package io.jenkins.plugins.understack.core.redfish;
