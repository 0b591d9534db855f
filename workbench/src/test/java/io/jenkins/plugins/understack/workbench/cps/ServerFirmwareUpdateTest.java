package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.workflow.StepTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code serverFirmwareUpdate}, as far as it concerns Ironic. */
class ServerFirmwareUpdateTest extends IronicBed {
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
}
