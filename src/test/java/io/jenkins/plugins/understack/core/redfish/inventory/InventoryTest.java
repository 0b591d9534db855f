package io.jenkins.plugins.understack.core.redfish.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of scenario S27 what concerns the chassis. */
class InventoryTest {
    @Test
    void aDell() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            test.bmc.pageSize(1);
            Inventory inventory = read(test);

            assertThat(inventory.manufacturer()).isEqualTo("Dell");
            assertThat(inventory.model()).isEqualTo("PowerEdge R7615");
            assertThat(inventory.serial()).isEqualTo("33GSW04");
            assertThat(inventory.biosVersion()).isEqualTo("1.6.10");
            assertThat(inventory.memoryGib()).isEqualTo(96);
            assertThat(inventory.powerState()).isEqualTo("Off");
            assertThat(inventory.cpu()).isEqualTo("AMD EPYC 9124 16-Core Processor");
            assertThat(inventory.bmc())
                    .isEqualTo(new BmcInterface(
                            "iDRAC",
                            "A8:3C:A5:35:43:86",
                            "10.46.96.156",
                            "255.255.255.192",
                            26,
                            "10.46.96.129",
                            false,
                            "idrac-simulated"));
            assertThat(inventory.nics())
                    .containsExactly(
                            new Nic("NIC.Embedded.1-1-1", "Embedded NIC 1 Port 1 Partition 1", "02:00:5E:00:01:01", "NoLink"),
                            new Nic("NIC.Integrated.1-1", "Integrated NIC 1 Port 1", "02:00:5E:00:01:02", "LinkUp"));
            assertThat(inventory.disks()).containsExactly(disk(0), disk(1));
            assertThat(inventory)
                    .hasToString("Dell PowerEdge R7615 33GSW04, BIOS 1.6.10, 96 GiB, Off, 2 NICs, 2 disks");
            assertNothingIsWritten(test);
        }
    }

    private static Disk disk(int bay) {
        String id = "Disk.Bay." + bay + ":Enclosure.Internal.0-1:RAID.SL.3-1";
        return new Disk(id, "RAID.SL.3-1", "Solid State Disk 0:1:" + bay, "SIM SSD 480", "SIMDISK" + bay, "SSD", 480_103_981_056L, "OK");
    }

    @Test
    void anHp() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.ILO)) {
            Inventory inventory = read(test);

            assertThat(inventory.manufacturer()).isEqualTo("HP");
            assertThat(inventory.serial()).isEqualTo("SIM0001");
            assertThat(inventory.serialNumber()).isEqualTo("SIM0001A01");
            assertThat(inventory.bmc())
                    .isEqualTo(new BmcInterface(
                            "iLO", "02:00:5E:00:02:0F", "10.46.96.156", "255.255.255.192", 26, "10.46.96.129", true, "ILO-SIMULATED"));
            assertThat(inventory.nics())
                    .containsExactly(
                            new Nic("1", "System Ethernet Interface", "02:00:5E:00:02:01", "LinkUp"),
                            new Nic("2", "System Ethernet Interface", null, null));
            assertThat(inventory.disks())
                    .containsExactly(new Disk(null, null, "1I:1:1", "SIM HDD 600", "SIMDISK9", "HDD", 600_000_000_000L, "Warning"));
            assertNothingIsWritten(test);

            // iLO 5 links drives as the standard has it; iLO 6 has no SmartStorage.
            String array = test.bmc.system() + "/SmartStorage/ArrayControllers/0";
            test.bmc.document(
                    array, Json.parse("{\"Links\":{\"PhysicalDrives\":{\"@odata.id\":\"" + array + "/DiskDrives\"}}}"));
            assertThat(read(test).disks()).isEqualTo(inventory.disks());
        }
    }

    @Test
    void othersAreToldAsTheyAre() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            test.bmc.document(
                    test.bmc.system(),
                    Json.parse("{\"Manufacturer\":\"Supermicro\",\"Oem\":{\"Supermicro\":{}},\"MemorySummary\":{\"TotalSystemMemoryGiB\":93.6},"
                            + "\"SKU\":\" \"}"));
            test.bmc.document(test.bmc.manager() + "/EthernetInterfaces/NIC.1", Json.parse("{\"HostName\":null}"));

            Inventory inventory = read(test);

            assertThat(inventory.toPlain())
                    .containsEntry("manufacturer", "Supermicro")
                    .containsEntry("serial", null)
                    .containsEntry("memoryGib", 94L)
                    .containsEntry("nics", List.of())
                    .containsEntry("disks", List.of());
            assertThat(inventory.toPlain().get("bmc")).isInstanceOf(Map.class).asString().contains("name=BMC", "mac=null", "dhcp=false");
        }
    }

    @Test
    void anHpOfTheNewestKindHasNoSmartStorage() throws Exception {
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            test.bmc.document(test.bmc.system(), Json.parse("{\"Manufacturer\":\"HPE\",\"Oem\":{\"Hpe\":{}}}"));

            assertThat(read(test).disks()).isEmpty();
            assertThat(test.bmc.requests()).anyMatch(request -> request.endsWith("/SmartStorage/ArrayControllers 404"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "255.255.255.192, 26",
        "255.255.255.255, 32",
        "0.0.0.0, 0",
        "255.0.255.0,",
        "255.255.255,",
        "256.255.255.0,",
        "ffff::,",
        ",",
    })
    void masks(String mask, Integer length) {
        assertThat(Told.prefixLength(mask)).isEqualTo(length);
    }

    private static Inventory read(TestBmc test) throws Exception {
        try (RedfishSession session = test.client().login("root", "calvin")) {
            return Inventory.read(session);
        }
    }

    private static void assertNothingIsWritten(TestBmc test) {
        assertThat(test.bmc.writes()).hasSize(2).allMatch(write -> write.contains("/SessionService/Sessions"));
        assertThat(test.bmc.openSessions()).isZero();
    }
}
