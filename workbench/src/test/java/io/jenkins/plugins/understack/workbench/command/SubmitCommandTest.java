package io.jenkins.plugins.understack.workbench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.CommandLineRun;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workflows of the provided library against a Nautobot, with the configuration of the documentation. */
class SubmitCommandTest {
    private static final String EXAMPLE = Path.of("../docs/examples/understack.yaml").toString();
    private static final String TOKEN = "0123456789abcdef";

    private NautobotSimulator nautobot;

    @BeforeEach
    void startNautobot() throws Exception {
        nautobot = NautobotSimulator.start(TOKEN);
        nautobot.device("h1", Map.of("serial", "G3GSW04"));
    }

    @AfterEach
    void stopNautobot() {
        nautobot.close();
    }

    @Test
    void aDeviceIsFound() throws Exception {
        CommandLineRun run = submit(TOKEN, "getDeviceNautobot", "-p", "hostname=h1", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = Json.parse(run.out());
        assertThat(json.path("name").asText()).matches("getDeviceNautobot-[a-z0-9]{5}");
        assertThat(json.path("status").asText()).isEqualTo("Succeeded");
        assertThat(json.path("result").path("serial").asText()).isEqualTo("G3GSW04");
        assertThat(json.at("/steps/0/name").asText()).isEqualTo("getDevice h1");
        assertThat(json.at("/steps/0/status").asText()).isEqualTo("Succeeded");
        assertThat(json.at("/steps/0/message").asText()).isEqualTo("map of 4: id, display, name, serial");
        assertThat(nautobot.requests()).containsExactly("GET /api/dcim/devices/?name=h1");
    }

    @Test
    void peopleGetATree() {
        CommandLineRun run = submit(TOKEN, "getDeviceNautobot", "-p", "hostname=h1");
        assertThat(run.out().replaceAll("-[a-z0-9]{5}\\b", "-xxxxx").replaceAll("\\d+(\\.\\d)?m?s +", "T "))
                .contains(
                        "Status:       Succeeded",
                        "hostname:     h1",
                        " ✔ getDeviceNautobot-xxxxx",
                        " └─✔ getDevice h1           T map of 4: id, display, name, serial",
                        "\"serial\" : \"G3GSW04\"");
    }

    @Test
    void noSuchDeviceFails() throws Exception {
        CommandLineRun run = submit(TOKEN, "understack/get-device-nautobot", "-p", "hostname=h2", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode json = Json.parse(run.out());
        assertThat(json.path("name").asText()).as("the job's name will do").startsWith("getDeviceNautobot-");
        assertThat(json.path("status").asText()).isEqualTo("Failed");
        assertThat(json.path("message").asText())
                .startsWith("nautobot: no device has the name \"h2\"");
        assertThat(json.path("result").isNull()).isTrue();
        assertThat(json.at("/steps/0/name").asText()).isEqualTo("getDevice h2");
        assertThat(json.at("/steps/0/status").asText()).isEqualTo("Failed");
    }

    @Test
    void aRefusedTokenIsNotShown() {
        CommandLineRun run = submit("another-token", "getDeviceNautobot", "-p", "hostname=h1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("nautobot GET /dcim/devices/?name=h1: status 403 (check the token in credential \"nautobot-token\"")
                .doesNotContain("another-token");
    }

    @Test
    void anUnknownWorkflowIsWrongUsage() {
        CommandLineRun run = submit(TOKEN, "getDevice");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("understack: workflow \"getDevice\" does not exist; expected one of [").contains("getDeviceNautobot");
    }

    private CommandLineRun submit(String token, String workflow, String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "submit";
        arguments[1] = workflow;
        arguments[2] = "--config";
        arguments[3] = EXAMPLE;
        System.arraycopy(options, 0, arguments, 4, options.length);
        return CommandLineRun.of(Map.of("NAUTOBOT_URL", nautobot.url(), "NAUTOBOT_TOKEN", token), arguments);
    }
}
