package io.jenkins.plugins.understack.core.redfish.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Resource;
import java.util.List;
import java.util.Map;

/**
 * What a server is and has. What the BMC does not tell is null. UnderStack names a node {@code <manufacturer>-<serial>}.
 *
 * @param manufacturer {@code Dell} or {@code HP}; of others as it is told
 * @param serial the BMC's SKU, as UnderStack has it: Dell's service tag
 * @param serialNumber what the BMC itself calls so; on an HP it is this that tells two servers of a kind apart
 * @param powerState DSP0268, Resource: On, Off, PoweringOn, PoweringOff, Paused
 * @param memoryGib rounded
 * @param cpu the model
 * @param bmc the BMC's own interface
 * @param nics without partitions
 */
public record Inventory(
        String manufacturer,
        String model,
        String serial,
        String serialNumber,
        String biosVersion,
        String powerState,
        Long memoryGib,
        String cpu,
        BmcInterface bmc,
        List<Nic> nics,
        List<Disk> disks) {
    public Inventory {
        nics = List.copyOf(nics);
        disks = List.copyOf(disks);
    }

    /** Asks for one document after the other, each interface and disk included; changes nothing. */
    public static Inventory read(RedfishSession session) throws RedfishException, InterruptedException {
        Resource system = session.system();
        JsonNode json = system.json();
        Vendor vendor = Vendor.ofExtensions(json);
        JsonNode memory = json.path("MemorySummary").path("TotalSystemMemoryGiB");
        return new Inventory(
                Vendor.manufacturer(Told.text(json, "Manufacturer")),
                Told.text(json, "Model"),
                Told.text(json, "SKU"),
                Told.text(json, "SerialNumber"),
                Told.text(json, "BiosVersion"),
                Told.text(json, "PowerState"),
                memory.isNumber() ? Math.round(memory.doubleValue()) : null,
                Told.text(json.path("ProcessorSummary"), "Model"),
                BmcInterface.of(vendor, session.managerInterface().json()),
                Nic.all(session, system),
                Disk.all(session, system, vendor));
    }

    /** By the names of the components: maps, lists, texts, numbers, booleans and null. */
    @SuppressWarnings("unchecked") // An object is a map with texts as keys.
    public Map<String, Object> toPlain() {
        return (Map<String, Object>) Json.plain(Json.MAPPER.valueToTree(this));
    }

    /** In one line, for people. */
    @Override
    public String toString() {
        return manufacturer + " " + model + " " + serial + ", BIOS " + biosVersion + ", " + memoryGib + " GiB, " + powerState + ", "
                + nics.size() + " NICs, " + disks.size() + " disks";
    }
}
