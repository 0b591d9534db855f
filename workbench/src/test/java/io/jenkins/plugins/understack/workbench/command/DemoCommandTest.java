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
                .contains("└─✔ nautobotQuery GET /dcim/devices/?name=Dell-G3GSW04")
                .contains("answers: 202 and 202 to Nautobot, 401 to the wrong signature")
                .contains("✔ All as expected")
                .doesNotContain("\u001b");
    }
}
