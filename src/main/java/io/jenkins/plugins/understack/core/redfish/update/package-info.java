/**
 * Firmware updates (DSP0266, "Update service"; DSP0268, UpdateService, Task). In phases, so that nobody has to wait with a thread
 * and each can be begun anew after a restart: {@link io.jenkins.plugins.understack.core.redfish.update.ImageFile#fetch}, {@link
 * io.jenkins.plugins.understack.core.redfish.update.FirmwareUpdate#upload}, which gives an {@link
 * io.jenkins.plugins.understack.core.redfish.update.UpdateTask} to store, then {@link
 * io.jenkins.plugins.understack.core.redfish.update.FirmwareUpdate#poll} until it is done.
 */
package io.jenkins.plugins.understack.core.redfish.update;
