package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.obm.DeviceMatch;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S26 and S28 with the workflows of the library, against simulated BMCs whose time the test moves. */
class ObmWorkflowsTest {
    private static final String STANDARD = "standard-Passw0rd";
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions";

    private TestBmc idrac;

    @BeforeEach
    void start() throws Exception {
        idrac = new TestBmc(BmcKind.IDRAC);
    }

    @AfterEach
    void stop() {
        idrac.close();
    }

    @Test
    void whatHasTheStandardPasswordStaysAsItIs() {
        idrac.bmc.account("root", STANDARD);

        WorkflowResult result = run("obmSyncCreds", Map.of("hostname", "h1"));

        assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
        assertThat(result.value().path("worked").asText()).isEqualTo("standard");
        assertThat(idrac.bmc.writes()).hasSize(2).element(0).isEqualTo("POST " + SESSIONS + " 201");
        assertThat(idrac.bmc.writes().get(1)).startsWith("DELETE " + SESSIONS);
        assertThat(idrac.sleeps).isEmpty();
    }

    /** The regression of Argo, where both ran at the same time. */
    @Test
    void networkBootIsSetWithTheNewPassword() {
        idrac.bmc.change(idrac.bmc.system(), Json.OWN.createObjectNode().put("PowerState", "On"));

        WorkflowResult result = run("obmSyncCreds", Map.of("hostname", "h1", "network-boot", "NIC.Slot.1-1"));

        assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
        assertThat(result.value().path("worked").asText()).isEqualTo("factory");
        assertThat(idrac.bmc.accepts("root", STANDARD)).isTrue();
        assertThat(idrac.bmc.openSessions()).isZero();
        assertThat(idrac.bmc.lockOuts()).isZero();
        List<String> patches = idrac.bmc.writes().stream().filter(write -> write.startsWith("PATCH")).toList();
        assertThat(patches).hasSize(2);
        assertThat(patches.get(0)).contains("/Accounts/");
        assertThat(patches.get(1)).contains("/Bios/Settings");
        assertThat(idrac.bmc.writes().stream().filter(write -> write.contains("ComputerSystem.Reset"))).hasSize(1);
        assertThat(String.valueOf(result.root())).doesNotContain(STANDARD, "calvin");
        assertThat(result.root().steps()).extracting(StepTree::name)
                .containsExactly("getObmIp", "getObmCreds", "obmSyncCreds 10.46.96.156", "obmBiosSettings 10.46.96.156");
    }

    /** What was sent waits for the restart, which the run after a failed one brings about. */
    @Test
    void theRestartThatFailedIsMadeByTheNextRun() {
        idrac.bmc.account("root", STANDARD);
        idrac.bmc.change(idrac.bmc.system(), Json.OWN.createObjectNode().put("PowerState", "On"));
        idrac.bmc.busyOnce("/ComputerSystem.Reset");
        Map<String, String> inputs = Map.of("hostname", "h1", "network-boot", "NIC.Slot.1-1");

        assertThat(run("obmSyncCreds", inputs).root().message()).contains("/Actions/ComputerSystem.Reset: status 503");
        assertThat(run("obmSyncCreds", inputs).root().state()).isEqualTo(StepTree.State.SUCCEEDED);
        assertThat(run("obmSyncCreds", inputs).root().state()).isEqualTo(StepTree.State.SUCCEEDED);

        assertThat(idrac.bmc.writes()).filteredOn(write -> write.startsWith("PATCH")).hasSize(1);
        assertThat(idrac.bmc.writes()).filteredOn(write -> write.endsWith("ComputerSystem.Reset 204")).hasSize(1);
    }

    @Test
    void noPasswordWorks() {
        idrac.bmc.account("root", "somebody-elses");

        WorkflowResult result = run("obmSyncCreds", Map.of("hostname", "h1", "network-boot", "NIC.Slot.1-1"));

        assertThat(result.root().message()).contains("none of 5 passwords of root is accepted").doesNotContain(STANDARD, "calvin");
        assertThat(idrac.sleeps).containsOnly(Duration.ofSeconds(60)).hasSize(3);
        assertThat(idrac.bmc.writes()).noneMatch(write -> write.startsWith("PATCH"));
    }

    @Test
    void firmwareIsUpdatedOrTheWorkflowFails() throws Exception {
        idrac.bmc.account("root", STANDARD);
        idrac.bmc.installs("BIOS", "2.0.0", Duration.ofMinutes(5));
        byte[] image = "an image".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
        HttpServer files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/bios.exe", exchange -> {
            exchange.sendResponseHeaders(200, image.length);
            exchange.getResponseBody().write(image);
            exchange.close();
        });
        files.start();
        try {
            String url = "http://127.0.0.1:" + files.getAddress().getPort();
            WorkflowResult wrong = run("obmFirmwareUpdate", Map.of("hostname", "h1", "firmware-url", url + "/bios.exe", "sha256", "0".repeat(64)));
            assertThat(wrong.root().message()).contains("has SHA-256 " + sha256 + ", expected 000");
            // Argo's workflow said "complete" here.
            WorkflowResult missing = run("obmFirmwareUpdate", Map.of("hostname", "h1", "firmware-url", url + "/nothing", "sha256", sha256));
            assertThat(missing.root().state()).isEqualTo(StepTree.State.FAILED);
            assertThat(missing.root().message()).contains("status 404");
            assertThat(run("obmFirmwareUpdate", Map.of("hostname", "h1", "firmware-url", url + "/bios.exe")).root().message()).contains("sha256");
            assertThat(idrac.bmc.writes()).isEmpty();

            WorkflowResult done = run("obmFirmwareUpdate", Map.of("hostname", "h1", "firmware-url", url + "/bios.exe", "sha256", sha256));

            assertThat(done.root().state()).as(done.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
            assertThat(done.value().path("changes").toString()).contains("-> 2.0.0");
            assertThat(idrac.bmc.uploads()).hasSize(1);
            assertThat(idrac.bmc.openSessions()).isZero();

            idrac.bmc.updatesFail("Exception", "the image is for another model");
            assertThat(run("obmFirmwareUpdate", Map.of("hostname", "h1", "firmware-url", url + "/bios.exe", "sha256", sha256)).root().message())
                    .contains("the image is for another model");
        } finally {
            files.stop(0);
        }
    }

    /** Of S27, with steps that no workflow of the library needs. */
    @Test
    void theBmcIsNamedAfterItsServer(@TempDir Path vars) throws Exception {
        idrac.bmc.account("root", STANDARD);
        Files.writeString(
                vars.resolve("enrol.groovy"),
                """
                def call(Map inputs) {
                    def creds = getObmCreds(ip: '10.46.96.156')
                    def server = obmInventory(device: '10.46.96.156', credentials: creds)
                    String name = "${server.manufacturer}-${server.serial}"
                    def set = [1, 2].collect {
                        obmBmcSettings(device: '10.46.96.156', credentials: creds, bmcHostname: name, settings: ['Time.1.Timezone': 'UTC'])
                    }
                    [name: name, disks: server.disks.size(), set: set]
                }
                """);

        WorkflowResult result = run(WorkflowLibrary.of(vars), "enrol", Map.of());

        assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
        assertThat(result.value())
                .isEqualTo(Json.parse("{\"name\":\"Dell-33GSW04\",\"disks\":2,\"set\":["
                        + "{\"attributes\":{\"Time.1.Timezone\":\"sent\"},\"changed\":true,\"queued\":false},"
                        + "{\"attributes\":{\"Time.1.Timezone\":\"already\"},\"changed\":false,\"queued\":false}]}"));
        assertThat(idrac.bmc.writes().stream().filter(write -> !write.contains("/Sessions")))
                .containsExactly(
                        "PATCH " + idrac.bmc.manager() + "/Attributes 200",
                        "PATCH " + idrac.bmc.manager() + "/EthernetInterfaces/NIC.1 200");
        assertThat(idrac.bmc.openSessions()).isZero();

        Files.writeString(vars.resolve("wrong.groovy"), "def call(Map inputs) { obmBmcSettings(device: '1.2.3.4', bmcHostname: inputs.name) }");
        assertThat(run(WorkflowLibrary.of(vars), "wrong", Map.of()).root().message()).startsWith("obmBmcSettings: settings is missing; expected");
        assertThat(run(WorkflowLibrary.of(vars), "wrong", Map.of("name", "a.b")).root().message())
                .startsWith("obmBmcSettings: bmcHostname: \"a.b\" is no host name");
    }

    private WorkflowResult run(String workflow, Map<String, String> inputs) {
        return run(WorkflowLibrary.provided(), workflow, inputs);
    }

    private WorkflowResult run(WorkflowLibrary library, String workflow, Map<String, String> inputs) {
        Bmcs bmcs = new Bmcs(address -> Bmc.at(idrac.bmc.url()), TlsTrust.DEFAULT, idrac.clock, idrac::sleep);
        ObmRules rules = new ObmRules(
                List.of(new ObmRules.Rule(DeviceMatch.ALL, device -> Optional.of(new ObmCredential("root", STANDARD)))));
        Steps steps = new Steps(List.of(
                new Address(),
                new GetObmCredsStep(rules, null),
                new ObmSyncCredsStep(bmcs),
                new ObmFirmwareUpdateStep(bmcs),
                new ObmBiosSettingsStep(bmcs),
                new ObmBmcSettingsStep(bmcs),
                new ObmInventoryStep(bmcs)));
        return new WorkflowRun(library, steps, idrac.clock, workflow + "-1", null).execute(workflow, inputs);
    }

    /** What Nautobot knows. */
    private static final class Address implements Step {
        @Override
        public String name() {
            return "getObmIp";
        }

        @Override
        public List<String> arguments() {
            return List.of("hostname", "deviceId");
        }

        @Override
        public Object run(StepArguments arguments, WorkflowRun run) {
            return "10.46.96.156";
        }
    }
}
