/**
 * What we do with BMCs, in the words of Redfish: DMTF DSP0266, the protocol, named by the titles that its clauses have in 1.8 or
 * 1.20, since their numbers change, and DSP0268, the data model, by its schemas. A {@link
 * io.jenkins.plugins.understack.core.redfish.RedfishClient} logs in and gives a {@link
 * io.jenkins.plugins.understack.core.redfish.RedfishSession}, which the use cases work with:
 * {@link io.jenkins.plugins.understack.core.redfish.SystemPower}, {@link io.jenkins.plugins.understack.core.redfish.BootOverride},
 * {@link io.jenkins.plugins.understack.core.redfish.Settings}, {@link io.jenkins.plugins.understack.core.redfish.BmcHostName}, {@link
 * io.jenkins.plugins.understack.core.redfish.inventory.Inventory} and {@link
 * io.jenkins.plugins.understack.core.redfish.update.FirmwareUpdate}. Nothing here waits for a BMC: where it must be asked
 * later, a {@link io.jenkins.plugins.understack.core.redfish.NotYetException} says when, and all use cases can be begun anew.
 */
package io.jenkins.plugins.understack.core.redfish;
