package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the workflows of the library do with the steps, in which order, and where a site takes over. */
class LibraryTest {
    /** Each call as {@code step {argument=value}}, without what is null. */
    private final List<String> calls = new ArrayList<>();

    private final Map<String, RuntimeException> failures = new HashMap<>();
    private WorkflowLibrary library = WorkflowLibrary.provided();

    @TempDir
    Path site;

    @Test
    void lookUpsTakeTheInputsOfTheSeed() {
        assertThat(run("getDeviceNautobot", "hostname", "h1").value()).isEqualTo(Json.OWN.createObjectNode().put("by", "getDevice"));
        run("getDeviceNautobot", "hostname", "", "device_id", "u-1");
        run("getObmIp", "device_id", "u-1");
        run("getObmCreds", "hostname", "h1");
        run("nautobotApi", "uri", "/status/");
        run("nautobotApi", "method", "PATCH", "uri", "/x/", "body", "{}");

        assertThat(calls)
                .containsExactly(
                        "getDevice {hostname=h1}",
                        "getDevice {deviceId=u-1, hostname=}",
                        "getObmIp {deviceId=u-1}",
                        "getObmCreds {hostname=h1}",
                        "nautobotQuery {method=GET, uri=/status/}",
                        "nautobotQuery {body={}, method=PATCH, uri=/x/}");
    }

    @Test
    void firmwareIsUpdatedWithAddressAndReference() {
        WorkflowResult result = run("obmFirmwareUpdate", "hostname", "h1", "firmware-url", "https://files/bios.exe", "sha256", "ab");

        assertThat(result.root().state()).as(result.root().message()).isEqualTo(StepTree.State.SUCCEEDED);
        assertThat(calls)
                .containsExactly(
                        "getObmIp {hostname=h1}",
                        "getObmCreds {hostname=h1}",
                        "obmFirmwareUpdate {credentials=reference, device=10.0.0.1, sha256=ab, url=https://files/bios.exe}");
        assertThat(result.root().steps()).extracting(StepTree::name).containsExactly("getObmIp", "getObmCreds", "obmFirmwareUpdate");
    }

    /** In Argo both ran at the same time, so network boot may have used a password that was not set yet. */
    @Test
    void networkBootIsStrictlyAfterTheCredentials() {
        run("obmSyncCreds", "hostname", "h1", "network-boot", "NIC.Slot.1-1");
        assertThat(calls)
                .containsExactly(
                        "getObmIp {hostname=h1}",
                        "getObmCreds {hostname=h1}",
                        "obmSyncCreds {credentials=reference, device=10.0.0.1}",
                        "obmBiosSettings {credentials=reference, device=10.0.0.1, reboot=true,"
                                + " settings={PxeDev1EnDis=Enabled, PxeDev1Interface=NIC.Slot.1-1, HttpDev1Interface=NIC.Slot.1-1}}");

        calls.clear();
        failures.put("obmSyncCreds", new WorkflowFailure("no log-in works"));
        WorkflowResult failed = run("obmSyncCreds", "hostname", "h1", "network-boot", "NIC.Slot.1-1");
        assertThat(failed.root().message()).isEqualTo("no log-in works");
        assertThat(calls).hasSize(3).last().asString().startsWith("obmSyncCreds");

        calls.clear();
        failures.clear();
        assertThat(run("obmSyncCreds", "hostname", "h1", "network-boot", "").value()).isEqualTo(Json.OWN.createObjectNode().put("by", "obmSyncCreds"));
        assertThat(calls).noneMatch(call -> call.startsWith("obmBiosSettings"));
    }

    /** A Pipeline that was written for the steps goes on with the library. */
    @Test
    void whatTheStepsTakeTheWorkflowsTakeToo() throws Exception {
        Files.writeString(site.resolve("outer.groovy"), """
                def call(Map inputs) {
                    obmSyncCreds(device: '10.0.0.2', credentials: 'known', oldCredentials: 'old', dryRun: true, networkBoot: 'NIC.1')
                    obmSyncCreds(ip: '10.0.0.3')
                    obmFirmwareUpdate(device: '10.0.0.2', credentials: 'known', url: 'u', sha256: 'ab', targets: ['BIOS'])
                    getObmIp(hostname: 'h1', nautobot: 'lab', timeoutSeconds: 5)
                    nautobotApi(uri: '/x/', query: [name: 'h1'], all: true)
                }
                """);
        library = library.behind(WorkflowLibrary.of(site));

        WorkflowResult result = run("outer");

        assertThat(result.succeeded()).as(result.root().message()).isTrue();
        assertThat(calls)
                .containsExactly(
                        "obmSyncCreds {credentials=known, device=10.0.0.2, dryRun=true, oldCredentials=old}",
                        "getObmCreds {ip=10.0.0.3}",
                        "obmSyncCreds {credentials=reference, device=10.0.0.3}",
                        "obmFirmwareUpdate {credentials=known, device=10.0.0.2, sha256=ab, targets=[BIOS], url=u}",
                        "getObmIp {hostname=h1, nautobot=lab, timeoutSeconds=5}",
                        "nautobotQuery {all=true, method=GET, query={name=h1}, uri=/x/}");
    }

    @Test
    void aSiteHasItsOwnImplementation() throws Exception {
        Files.writeString(site.resolve("getObmCreds.groovy"), "def call(Map inputs) { steps.getObmCreds(ip: 'site'); return 'of the site' }");
        library = library.behind(WorkflowLibrary.of(site));

        run("obmFirmwareUpdate", "hostname", "h1", "firmware-url", "u", "sha256", "ab");

        assertThat(calls)
                .containsExactly(
                        "getObmIp {hostname=h1}",
                        "getObmCreds {ip=site}",
                        "obmFirmwareUpdate {credentials=of the site, device=10.0.0.1, sha256=ab, url=u}");
    }

    @Test
    void stepsThatDoNotExistAreNamed() throws Exception {
        Files.writeString(site.resolve("wrong.groovy"), "def call(Map inputs) { steps.getObmIpp(ip: 'site') }");
        library = WorkflowLibrary.of(site);

        assertThat(run("wrong").root().message()).startsWith("steps: \"getObmIpp\" is no step; expected one of [getDevice, ");
    }

    private WorkflowResult run(String workflow, String... inputs) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < inputs.length; i += 2) {
            map.put(inputs[i], inputs[i + 1]);
        }
        Steps steps = new Steps(List.of(
                step("getDevice", Map.of("by", "getDevice"), "hostname", "deviceId"),
                step("getObmIp", "10.0.0.1", "hostname", "deviceId", "nautobot", "timeoutSeconds"),
                step("getObmCreds", "reference", "hostname", "deviceId", "ip"),
                step("nautobotQuery", Map.of(), "method", "uri", "query", "body", "all"),
                step("obmFirmwareUpdate", Map.of(), "device", "credentials", "url", "sha256", "targets"),
                step("obmSyncCreds", Map.of("by", "obmSyncCreds"), "device", "credentials", "oldCredentials", "dryRun"),
                step("obmBiosSettings", Map.of(), "device", "credentials", "settings", "reboot")));
        return new WorkflowRun(library, steps, Clock.systemUTC(), workflow + "-1", null).execute(workflow, map);
    }

    private Step step(String name, Object result, String... arguments) {
        return new Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> arguments() {
                return Arrays.asList(arguments);
            }

            @Override
            public Object run(StepArguments given, WorkflowRun run) {
                Map<Object, Object> named = new TreeMap<>(given.named());
                named.values().removeIf(value -> value == null);
                calls.add(name + " " + named);
                if (failures.containsKey(name)) {
                    throw failures.get(name);
                }
                return result;
            }
        };
    }
}
