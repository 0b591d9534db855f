package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the server of a {@link BmcSimulator} is and has: interfaces, disks, and the BMC's own interface. */
final class BmcChassis {
    private final BmcKind kind;
    private final BmcResources resources;

    private BmcChassis(BmcKind kind, BmcResources resources) {
        this.kind = kind;
        this.resources = resources;
    }

    static void add(BmcKind kind, BmcResources resources) {
        BmcChassis chassis = new BmcChassis(kind, resources);
        chassis.summary();
        if (kind == BmcKind.IDRAC) {
            chassis.idrac();
        } else {
            chassis.ilo();
        }
    }

    private void summary() {
        boolean idrac = kind == BmcKind.IDRAC;
        ObjectNode system = object()
                .put("SKU", idrac ? "33GSW04" : "SIM0001")
                .put("SerialNumber", idrac ? "CNSIM0000000A1" : "SIM0001A01")
                .put("BiosVersion", idrac ? "1.6.10" : "A56 v1.40");
        system.putObject("MemorySummary").put("TotalSystemMemoryGiB", idrac ? 96 : 256);
        system.putObject("ProcessorSummary").put("Count", 1).put("Model", "AMD EPYC 9124 16-Core Processor");
        system.putObject("Oem").putObject(kind.oem);
        resources.merge(kind.systemPath(), system);
    }

    private void idrac() {
        bmc("NIC.1", "a8:3c:a5:35:43:86", "idrac-simulated", "Static");
        nic("NIC.Embedded.1-1-1", "Embedded NIC 1 Port 1 Partition 1", "02:00:5E:00:01:01", "NoLink");
        nic("NIC.Integrated.1-1", "Integrated NIC 1 Port 1", "02:00:5e:00:01:02", "LinkUp");
        nic("NIC.Integrated.1-1-1", "Integrated NIC 1 Port 1 Partition 1", "02:00:5E:00:01:02", "LinkUp");
        String storage = collection(kind.systemPath(), "Storage");
        String raid = storage + "/RAID.SL.3-1";
        ObjectNode controller = object().put("Id", "RAID.SL.3-1");
        for (int i = 0; i < 2; i++) {
            String id = "Disk.Bay." + i + ":Enclosure.Internal.0-1:RAID.SL.3-1";
            ObjectNode drive = object()
                    .put("Id", id)
                    .put("Name", "Solid State Disk 0:1:" + i)
                    .put("Model", "SIM SSD 480")
                    .put("SerialNumber", "SIMDISK" + i)
                    .put("MediaType", "SSD")
                    .put("CapacityBytes", 480_103_981_056L);
            drive.putArray("Location");
            drive.putObject("Status").put("Health", "OK");
            resources.put(raid + "/Drives/" + id, drive);
            controller.withArray("Drives").add(resources.link(raid + "/Drives/" + id));
        }
        resources.put(raid, controller);
        resources.put(storage + "/AHCI.Embedded.1-1", object().put("Id", "AHCI.Embedded.1-1"));
    }

    private void ilo() {
        bmc("1", "02:0:5E:0:2:f", "ILO-SIMULATED", "DHCP");
        nic("1", null, "02:00:5e:00:02:01", "LinkUp");
        nic("2", null, "", null);
        String controller = kind.systemPath() + "/SmartStorage/ArrayControllers/0";
        resources.collections(List.of(kind.systemPath() + "/SmartStorage/ArrayControllers", controller + "/DiskDrives"));
        ObjectNode document = object().put("Model", "Simulated Array");
        document.putObject("links").putObject("PhysicalDrives").put("href", controller + "/DiskDrives/");
        resources.put(controller, document);
        ObjectNode drive = object()
                .put("Name", "SimulatedDiskDrive")
                .put("Location", "1I:1:1")
                .put("Model", "SIM HDD 600")
                .put("SerialNumber", "SIMDISK9")
                .put("MediaType", "HDD")
                .put("CapacityGB", 600);
        drive.putObject("Status").put("Health", "Warning");
        resources.put(controller + "/DiskDrives/0", drive);
    }

    private void bmc(String id, String mac, String hostName, String origin) {
        ObjectNode document = object().put("Id", id).put("MACAddress", mac).put("HostName", hostName);
        document.putArray("IPv4Addresses")
                .addObject()
                .put("Address", "10.46.96.156")
                .put("AddressOrigin", origin)
                .put("Gateway", "10.46.96.129")
                .put("SubnetMask", "255.255.255.192");
        resources.put(collection(kind.managerPath(), "EthernetInterfaces") + "/" + id, document);
    }

    private void nic(String id, String description, String mac, String link) {
        ObjectNode document = object().put("Id", id).put("Name", "System Ethernet Interface").put("Description", description);
        resources.put(
                collection(kind.systemPath(), "EthernetInterfaces") + "/" + id,
                document.put("MACAddress", mac).put("LinkStatus", link));
    }

    /** Makes its owner link it. */
    private String collection(String owner, String name) {
        String path = owner + "/" + name;
        resources.collections(List.of(path));
        resources.merge(owner, object().set(name, resources.link(path)));
        return path;
    }

    private static ObjectNode object() {
        return BmcResources.JSON.createObjectNode();
    }
}
