package io.jenkins.plugins.understack.library;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class UnderstackLibraryTest {
    @Test
    void aFreshControllerHasTheLibrary(JenkinsRule r) throws Exception {
        try (NautobotSimulator nautobot = NautobotSimulator.start("token")) {
            nautobot.device("server 1&x", Map.of("serial", "S-1"));
            Events.secretText("nautobot-token", "token");
            UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "nautobot-token"));

            WorkflowRun found = build(
                    r,
                    """
                    @Library('understack') _
                    echo "serial ${getDeviceNautobot(hostname: 'server 1&x').serial}"
                    """,
                    Result.SUCCESS);
            r.assertLogContains("serial S-1", found);
            r.assertLogContains(
                    "expected one device named \"nobody\" in Nautobot, found 0",
                    build(r, "@Library('understack') _\ngetDeviceNautobot(hostname: 'nobody')", Result.FAILURE));
            r.assertLogContains(
                    "getDeviceNautobot: hostname is missing",
                    build(r, "@Library('understack') _\ngetDeviceNautobot()", Result.FAILURE));
            assertThat(nautobot.requests()).first().isEqualTo("GET /api/dcim/devices/?name=server+1%26x");
        }
    }

    @Test
    void declarativeToo(JenkinsRule r) throws Exception {
        r.assertLogContains(
                "hostname is missing",
                build(
                        r,
                        """
                        @Library('understack') _
                        pipeline { agent none
                          stages { stage('look up') { steps { getDeviceNautobot() } } } }
                        """,
                        Result.FAILURE));
    }

    @Test
    void otherVersionsAreRefused(JenkinsRule r) throws Exception {
        r.assertLogContains(
                "Version override not permitted for library understack",
                build(r, "@Library('understack@main') _\necho 'x'", Result.FAILURE));
    }

    /** Each function has its help, which Jenkins shows under "Global Variables Reference". */
    @Test
    void everyFunctionIsDocumented(JenkinsRule r) throws Exception {
        Path vars = Path.of("src/main/resources/io/jenkins/plugins/understack/library/understack/vars");
        try (Stream<Path> files = Files.list(vars)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            names.stream()
                    .filter(name -> name.endsWith(".groovy"))
                    .forEach(name -> assertThat(names).contains(name.replace(".groovy", ".txt")));
        }
    }

    private static WorkflowRun build(JenkinsRule r, String script, Result expected) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.buildAndAssertStatus(expected, job);
    }
}
