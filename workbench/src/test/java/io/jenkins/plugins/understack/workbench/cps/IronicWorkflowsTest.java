package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.obm.DeviceMatch;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.core.openstack.Cloud;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.IronicSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S27 and S28(a) as far as they concern Ironic, with the workflows of the library against a simulated one whose time the test moves. */
class IronicWorkflowsTest {
    private static final String PASSWORD = "standard-Passw0rd";
    private static final String NODE = "Dell-33GSW04";

    private final TestBmc.MovedClock clock = new TestBmc.MovedClock();
    /** What was asked of the BMC, with the writes to Ironic so far. */
    private final List<String> bmc = new ArrayList<>();

    private List<Map<String, Object>> disks = List.of(disk("Disk.0", 480), disk("Disk.1", 480));
    private IronicSimulator ironic;

    @BeforeEach
    void start() throws Exception {
        ironic = IronicSimulator.alone(clock);
    }

    @AfterEach
    void stop() {
        ironic.close();
    }

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

    @Test
    void runbooksRunInTheOrderOfTheirNumbers() {
        firmware("available");

        WorkflowResult result = run("serverFirmwareUpdate", Map.of("node", "n1"));

        assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
        assertThat(ironic.writes())
                .containsExactly(
                        provision("{\"target\":\"manage\"}"),
                        provision("{\"target\":\"clean\",\"runbook\":\"rb-3\"}"),
                        provision("{\"target\":\"clean\",\"runbook\":\"rb-20\"}"),
                        provision("{\"target\":\"clean\",\"runbook\":\"rb-100\"}"),
                        provision("{\"target\":\"clean\",\"runbook\":\"rb-R7615\"}"),
                        provision("{\"target\":\"provide\"}"));
        assertThat(ironic.show("n1").path("provision_state").asText()).isEqualTo("available");
    }

    @Test
    void aRunbookThatFailsEndsItAll() {
        firmware("available");
        ironic.failNext("rb-20", "the BMC refused the image");

        WorkflowResult result = run("serverFirmwareUpdate", Map.of("node", "n1"));

        assertThat(result.root().state()).isEqualTo(StepTree.State.FAILED);
        assertThat(result.root().message()).endsWith("expected manageable: the BMC refused the image");
        assertThat(ironic.writes())
                .containsExactly(
                        provision("{\"target\":\"manage\"}"),
                        provision("{\"target\":\"clean\",\"runbook\":\"rb-3\"}"),
                        provision("{\"target\":\"clean\",\"runbook\":\"rb-20\"}"));
        assertThat(ironic.show("n1").path("provision_state").asText()).isEqualTo("clean failed");
    }

    @Test
    void whereThereIsNothingToDoNothingIsDone() {
        ironic.node("plain", "available", "CUSTOM_UNRELATED");
        firmware("active");
        for (String node : List.of("plain", "n1")) {
            WorkflowResult result = run("serverFirmwareUpdate", Map.of("node", node));
            assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
            assertThat(result.value()).isEmpty();
        }
        ironic.node("n2", "available", "CUSTOM_FIRMWARE_UPDATE_7_NOBODY");
        assertThat(run("serverFirmwareUpdate", Map.of("node", "n2")).root().message()).contains("Runbook CUSTOM_FIRMWARE_UPDATE_7_NOBODY could not be found");
        assertThat(ironic.writes()).isEmpty();
    }

    /** What is manageable stays so: somebody else will provide it. */
    @Test
    void aManageableNodeIsNotProvided() {
        firmware("manageable");
        run("serverFirmwareUpdate", Map.of("node", "n1"));
        assertThat(targets()).containsExactly("clean", "clean", "clean", "clean");
    }

    private void firmware(String state) {
        ironic.node(
                "n1",
                state,
                "CUSTOM_FIRMWARE_UPDATE_R7615", "CUSTOM_FIRMWARE_UPDATE_20_BIOS", "CUSTOM_FIRMWARE_UPDATE_3_NIC",
                "CUSTOM_FIRMWARE_UPDATE_100_STORAGE", "CUSTOM_UNRELATED");
        for (String end : List.of("R7615", "20_BIOS", "3_NIC", "100_STORAGE")) {
            ironic.runbook("CUSTOM_FIRMWARE_UPDATE_" + end, "rb-" + end.split("_")[0]);
        }
    }

    private String provision(String body) {
        return "PUT /v1/nodes/" + ironic.show("n1").path("uuid").asText() + "/states/provision " + body;
    }

    /** The provision targets that were asked for. */
    private List<String> targets() {
        return ironic.writes().stream()
                .filter(write -> write.contains("/states/provision"))
                .map(write -> write.replaceAll(".*\"target\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    private static Map<String, Object> disk(String id, long gigabytes) {
        return Map.of("id", id, "controller", "RAID.Integrated.1-1", "capacityBytes", gigabytes * 1_000_000_000);
    }

    private WorkflowResult run(String workflow, Map<String, String> inputs) {
        Map<String, Object> server = new LinkedHashMap<>(Map.of("manufacturer", "Dell", "serial", "33GSW04", "disks", disks));
        return run(workflow, inputs, List.of(
                onBmc("obmSyncCreds", Map.of("worked", "standard")),
                onBmc("obmInventory", server),
                onBmc("obmBmcSettings", Map.of(), "bmcHostname", "settings"),
                onBmc("obmBiosSettings", Map.of(), "settings")));
    }

    private WorkflowResult run(String workflow, Map<String, String> inputs, List<Step> ofTheBmc) {
        ObmRules rules = new ObmRules(List.of(new ObmRules.Rule(DeviceMatch.ALL, device -> Optional.of(new ObmCredential("root", PASSWORD)))));
        Cloud cloud = new Cloud(null, null, null, null, Map.of("baremetal", ironic.url()), null, null);
        Openstacks openstacks = new Openstacks(new Clouds(List.of(cloud)), null, clock, clock::pass);
        List<Step> steps = new ArrayList<>(ofTheBmc);
        steps.addAll(List.of(
                new EchoStep(),
                new ErrorStep(),
                new GetObmCredsStep(rules, null),
                new OpenstackQueryStep(openstacks),
                new IronicProvisionStep(openstacks)));
        return new WorkflowRun(WorkflowLibrary.provided(), new Steps(steps), clock, workflow + "-1", null).execute(workflow, inputs);
    }

    /** A step whose own tests are elsewhere. */
    private Step onBmc(String name, Object result, String... more) {
        return new Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> arguments() {
                List<String> arguments = new ArrayList<>(List.of("device", "credentials"));
                arguments.addAll(Arrays.asList(more));
                return arguments;
            }

            @Override
            public Object run(StepArguments given, WorkflowRun run) {
                assertThat(given.text("device", null)).isEqualTo("10.46.96.156");
                assertThat(run.credential(name, given.text("credentials", null)).password()).isEqualTo(PASSWORD);
                StringBuilder call = new StringBuilder("after " + ironic.writes().size() + ": " + name);
                new TreeMap<>(given.named()).forEach((key, value) -> call.append(List.of(more).contains(key) ? " " + key + "=" + value : ""));
                bmc.add(call.toString());
                return result;
            }
        };
    }
}
