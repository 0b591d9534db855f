package io.jenkins.plugins.understack.core.redfish.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A physical disk. What the BMC does not tell is null.
 *
 * @param id as settings name it: {@code Disk.Bay.0:Enclosure.Internal.0-1:RAID.Integrated.1-1}
 * @param controller the id of what it is connected to: {@code RAID.Integrated.1-1}
 * @param name where it is, in the words of the vendor
 * @param mediaType HDD, SSD, SMR
 * @param health OK, Warning, Critical
 */
public record Disk(String id, String controller, String name, String model, String serial, String mediaType, Long capacityBytes, String health) {
    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1_000_000_000);

    /** @param json DSP0268, Drive; or HPE's SmartStorageDiskDrive, which has its place in a text and its size in gigabytes */
    private static Disk of(JsonNode controller, JsonNode json) {
        return new Disk(
                Told.text(json, "Id"),
                Told.text(controller, "Id"),
                Told.text(json, "Location", "Name", "Id"),
                Told.text(json, "Model"),
                Told.text(json, "SerialNumber"),
                Told.text(json, "MediaType"),
                capacity(json),
                Told.text(json.path("Status"), "Health"));
    }

    private static Long capacity(JsonNode json) {
        if (json.path("CapacityBytes").isNumber()) {
            return json.path("CapacityBytes").longValue();
        }
        JsonNode gigabytes = json.path("CapacityGB");
        return gigabytes.isNumber() ? gigabytes.decimalValue().multiply(GIGABYTE).longValue() : null;
    }

    /** Those of the standard's Storage, and on an HP those of its SmartStorage, which newer ones do not have any more. */
    static List<Disk> all(RedfishSession session, Resource system, Vendor vendor) throws RedfishException, InterruptedException {
        List<Disk> disks = new ArrayList<>();
        String storage = system.link("/Storage");
        for (String link : storage == null ? List.<String>of() : session.members(storage)) {
            JsonNode controller = session.get(link).json();
            for (JsonNode drive : controller.path("Drives")) {
                disks.add(of(controller, session.get(drive.path("@odata.id").asText()).json()));
            }
        }
        if (vendor == Vendor.HP) {
            disks.addAll(smartStorage(session, system));
        }
        return disks;
    }

    private static List<Disk> smartStorage(RedfishSession session, Resource system) throws RedfishException, InterruptedException {
        List<Disk> disks = new ArrayList<>();
        for (String controller : controllers(session, system.path().replaceAll("/+$", "") + "/SmartStorage/ArrayControllers")) {
            JsonNode json = session.get(controller).json();
            // iLO 4, iLO 5
            String drives = Stream.of("/links/PhysicalDrives/href", "/Links/PhysicalDrives/@odata.id")
                    .map(pointer -> json.at(pointer).textValue())
                    .filter(link -> link != null)
                    .findFirst()
                    .orElse(null);
            for (String link : drives == null ? List.<String>of() : session.members(drives)) {
                disks.add(of(json, session.get(link).json()));
            }
        }
        return disks;
    }

    private static List<String> controllers(RedfishSession session, String path) throws RedfishException, InterruptedException {
        try {
            return session.members(path);
        } catch (RedfishException e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }
}
