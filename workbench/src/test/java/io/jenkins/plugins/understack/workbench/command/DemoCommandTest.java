package io.jenkins.plugins.understack.workbench.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.workbench.CommandLineRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void showsTheMainJob() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "demo");
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(run.out())
                .contains("✔ node-provisioned: match", "○ node-provisioned: no-match")
                .contains("✔ bmc-interface-updated: match", "○ bmc-interface-updated: no-match")
                .contains("└─✔ getDevice Dell-G3GSW04")
                .contains("answers: 202 and 202 to Nautobot, 401 to the wrong signature")
                .contains("└─✔ nautobotQuery GET /dcim/devices/?name=")
                .contains(" └─✔ getObmCreds 1327198-GP2S.3.understack.iad3")
                .contains("├─✔ obmSyncCreds 10.46.96.156", "└─✔ obmBiosSettings 10.46.96.156")
                .contains("└─✔ obmFirmwareUpdate 10.46.96.156")
                .contains("✔ All as expected")
                .doesNotContain("\u001b");
    }
}
