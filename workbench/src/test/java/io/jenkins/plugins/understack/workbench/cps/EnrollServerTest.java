package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code enrollServer}: S27 and S28(a) of the scenarios as far as they concern Ironic. */
class EnrollServerTest extends IronicBed {
    private static final String NODE = "Dell-33GSW04";

    /** Ports come with the first inspection; which of them is connected is known after the second. */
    private void inspections(int untilThePort) {
        int[] count = {0};
        ironic.ended((verb, node) -> {
            if (verb.equals("inspect") && ++count[0] == untilThePort) {
                ironic.port(NODE, "aa:aa:aa:aa:aa:03", "NIC.Slot.1-1", false);
                ironic.port(NODE, "aa:aa:aa:aa:aa:01", "NIC.Integrated.1-1", true);
            }
        });
    }

    @Test
    void aNewNodeWithRaid() {
        inspections(2);

        WorkflowResult result = run("enrollServer", Map.of("ip", "10.46.96.156", "external_cmdb_id", "cmdb-1"));

        assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
        JsonNode node = ironic.show(NODE);
        String uuid = node.path("uuid").asText();
        assertThat(result.value()).isEqualTo(Json.OWN.createObjectNode().put("uuid", uuid).put("name", NODE));
        String it = "/v1/nodes/" + uuid;
        assertThat(ironic.writes())
                .containsExactly(
                        "POST /v1/nodes {\"name\":\"Dell-33GSW04\",\"driver\":\"idrac\",\"driver_info\":{\"redfish_address\":\"https://10.46.96.156\","
                                + "\"redfish_verify_ca\":false,\"redfish_username\":\"root\",\"redfish_password\":\"" + PASSWORD + "\"},"
                                + "\"boot_interface\":\"http-ipxe\",\"deploy_interface\":\"direct\",\"inspect_interface\":\"idrac-redfish\","
                                + "\"extra\":{\"external_cmdb_id\":\"cmdb-1\"}}",
                        "PUT " + it + "/states/provision {\"target\":\"manage\"}",
                        "PUT " + it + "/states/provision {\"target\":\"inspect\"}",
                        "PATCH " + it + " [{\"op\":\"add\",\"path\":\"/inspect_interface\",\"value\":\"agent\"},"
                                + "{\"op\":\"add\",\"path\":\"/boot_interface\",\"value\":\"idrac-redfish-virtual-media\"}]",
                        "PUT " + it + "/states/provision {\"target\":\"inspect\"}",
                        "PATCH " + it + " [{\"op\":\"add\",\"path\":\"/inspect_interface\",\"value\":\"idrac-redfish\"},"
                                + "{\"op\":\"add\",\"path\":\"/boot_interface\",\"value\":\"http-ipxe\"}]",
                        "PUT " + it + "/states/raid {\"logical_disks\":[{\"controller\":\"RAID.Integrated.1-1\",\"is_root_volume\":true,"
                                + "\"physical_disks\":[\"Disk.0\",\"Disk.1\"],\"raid_level\":\"1\",\"size_gb\":\"MAX\"}]}",
                        "PUT " + it + "/states/provision {\"target\":\"clean\",\"clean_steps\":[{\"interface\":\"raid\",\"step\":\"delete_configuration\"},"
                                + "{\"interface\":\"raid\",\"step\":\"create_configuration\"}],\"disable_ramdisk\":true}",
                        "PUT " + it + "/states/provision {\"target\":\"inspect\"}",
                        "PUT " + it + "/states/provision {\"target\":\"provide\"}");
        assertThat(node.path("provision_state").asText()).isEqualTo("available");
        // The BIOS is set when the port is known, before the disks are.
        assertThat(bmc).hasSize(4);
        assertThat(bmc.get(0)).isEqualTo("after 0: obmSyncCreds");
        assertThat(bmc.get(1)).isEqualTo("after 0: obmInventory");
        assertThat(bmc.get(2)).startsWith("after 0: obmBmcSettings bmcHostname=Dell-33GSW04 settings={").contains("NTPConfigGroup.1.NTPEnable=Disabled", "SNMP.1.AlertPort=161");
        assertThat(bmc.get(3)).startsWith("after 6: obmBiosSettings settings={").contains("HttpDev1EnDis=Enabled", "HttpDev1Interface=NIC.Integrated.1-1");
        assertThat(String.valueOf(result.root())).doesNotContain(PASSWORD);
    }

    /** The same with a BMC, to which nothing is written either that is not listed. */
    @Test
    void aNewNodeWithItsBmc() throws Exception {
        inspections(2);
        try (TestBmc idrac = new TestBmc(BmcKind.IDRAC)) {
            idrac.bmc.account("root", PASSWORD);
            Bmcs bmcs = new Bmcs(address -> Bmc.at(idrac.bmc.url()), TlsTrust.DEFAULT, idrac.clock, idrac::sleep);
            List<Step> real = List.of(new ObmSyncCredsStep(bmcs), new ObmInventoryStep(bmcs), new ObmBmcSettingsStep(bmcs), new ObmBiosSettingsStep(bmcs));

            WorkflowResult result = run("enrollServer", Map.of("ip", "10.46.96.156"), real);

            assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
            assertThat(targets()).containsExactly("manage", "inspect", "inspect", "clean", "inspect", "provide");
            JsonNode disk = ironic.show(NODE).path("target_raid_config").path("logical_disks").path(0);
            assertThat(disk.path("raid_level").asText()).isEqualTo("1");
            assertThat(disk.path("controller").asText()).isEqualTo("RAID.SL.3-1");
            assertThat(disk.path("physical_disks").path(1).asText()).isEqualTo("Disk.Bay.1:Enclosure.Internal.0-1:RAID.SL.3-1");
            assertThat(idrac.bmc.writes().stream().filter(write -> !write.contains("/Sessions")))
                    .containsExactly(
                            "PATCH " + idrac.bmc.manager() + "/Attributes 200",
                            "PATCH " + idrac.bmc.manager() + "/EthernetInterfaces/NIC.1 200",
                            "PATCH " + idrac.bmc.system() + "/Bios/Settings 200");
            assertThat(idrac.bmc.openSessions()).isZero();
        }
    }

    @Test
    void aNodeThatIsActiveIsRefusedBeforeAnything() {
        ironic.node(NODE, "active");

        WorkflowResult result = run("enrollServer", Map.of("ip", "10.46.96.156"));

        assertThat(result.root().message())
                .isEqualTo("enrollServer: node Dell-33GSW04 is active; expected clean failed, inspect failed, enroll or manageable, or no node");
        assertThat(ironic.writes()).isEmpty();
        assertThat(bmc).containsExactly("after 0: obmSyncCreds", "after 0: obmInventory");
    }

    @Test
    void noPortToBootFrom() {
        inspections(3);

        WorkflowResult result = run("enrollServer", Map.of("ip", "10.46.96.156"));

        assertThat(result.root().state()).isEqualTo(StepTree.State.FAILED);
        assertThat(result.root().message()).contains("node Dell-33GSW04 has no port to boot from after two inspections");
        assertThat(targets()).containsExactly("manage", "inspect", "inspect");
        assertThat(ironic.show(NODE).path("boot_interface").asText()).isEqualTo("http-ipxe");
        assertThat(bmc).noneMatch(call -> call.contains("obmBiosSettings"));
    }

    /** After a failure: managed first, then told anew; a port that is known needs no virtual media; what is not asked for is not done. */
    @Test
    void aNodeThatWasNotFinishedIsEnrolledAgain() {
        ironic.node(NODE, "inspect failed");
        ironic.port(NODE, "aa:aa:aa:aa:aa:01", "NIC.Integrated.1-1", true);
        ironic.lock(NODE, Duration.ofMinutes(2));

        WorkflowResult result = run("enrollServer", Map.of("ip", "10.46.96.156", "raid", "false"));

        assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
        assertThat(targets()).containsExactly("manage", "inspect", "inspect", "provide");
        assertThat(ironic.writes().get(1)).startsWith("PATCH").contains("\"/driver_info/redfish_password\"", "\"/inspect_interface\"");
        assertThat(ironic.show(NODE).path("driver_info").path("redfish_password").asText()).isEqualTo(PASSWORD);
        assertThat(ironic.writes()).noneMatch(write -> write.startsWith("POST") || write.contains("virtual-media") || write.contains("/raid"));
        assertThat(bmc).filteredOn(call -> call.contains("obmBiosSettings")).hasSize(2);
    }

    @Test
    void disksOfTheSameSizeBecomeOne() throws Exception {
        for (int most : new int[] {1, 3}) {
            ironic.close();
            start();
            inspections(2);
            disks = new ArrayList<>(List.of(disk("Disk.9", 960)));
            for (int i = 0; i < most; i++) {
                disks.add(disk("Disk." + i, 480));
            }
            disks.add(Map.of("id", "Usb.1", "controller", "AHCI.1", "capacityBytes", 480L));

            run("enrollServer", Map.of("ip", "10.46.96.156"));

            JsonNode logical = ironic.show(NODE).path("target_raid_config").path("logical_disks");
            assertThat(logical.findValuesAsText("raid_level")).containsExactly("0", most == 1 ? "0" : "5");
            assertThat(logical.findValuesAsText("is_root_volume")).containsExactly("true", "false");
            assertThat(logical.get(1).path("physical_disks")).hasSize(most);
        }
    }
}
