package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepsTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef01234567";

    private NautobotSimulator nautobot;
    private JenkinsRule r;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        r = rule;
        nautobot = NautobotSimulator.start(TOKEN);
        nautobot.device("server-1", Map.of("serial", "S-1"));
        Events.secretText("nautobot-token", TOKEN);
        UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "nautobot-token"));
    }

    @AfterEach
    void stop() {
        nautobot.close();
    }

    @Test
    void nautobotQueryReturnsMapsAndLists() throws Exception {
        WorkflowRun run = build(
                """
                def found = nautobotQuery(uri: '/dcim/devices/?name=server-1')
                echo "count ${found.count} serial ${found.results[0].serial}"
                """,
                Result.SUCCESS);

        r.assertLogContains("count 1 serial S-1", run);
        assertThat(nautobot.requests()).containsExactly("GET /api/dcim/devices/?name=server-1");
    }

    @Test
    void theUseOfTheTokenIsTracked() throws Exception {
        WorkflowRun run = build("nautobotQuery(uri: '/dcim/devices/')", Result.SUCCESS);

        StringCredentials token = CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, r.jenkins, hudson.security.ACL.SYSTEM2, List.of())
                .get(0);
        assertThat(CredentialsProvider.getFingerprintOf(token).getRangeSet(run.getParent()).includes(run.getNumber()))
                .isTrue();
    }

    @Test
    void failuresSayWhatWasAskedAndNeverTheToken() throws Exception {
        WorkflowRun missing = build("nautobotQuery(method: 'GET', uri: '/dcim/nothing/')", Result.FAILURE);
        r.assertLogContains("ERROR: nautobot GET /dcim/nothing/: status 404", missing);
        Events.secretText("wrong-token", "x" + TOKEN);
        UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "wrong-token"));
        WorkflowRun refused = build("nautobotQuery(uri: '/dcim/devices/')", Result.FAILURE);
        r.assertLogContains("check the token in nautobot.credentialsId", refused);
        UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "no-such-credential"));
        WorkflowRun none = build("nautobotQuery(uri: '/dcim/devices/')", Result.FAILURE);
        r.assertLogContains("credential \"no-such-credential\" does not exist among the global credentials", none);
        UnderstackConfiguration.get().setNautobot(null);
        r.assertLogContains("no Nautobot is configured", build("nautobotQuery(uri: '/dcim/devices/')", Result.FAILURE));

        for (Run<?, ?> run : List.of(missing, refused, none)) {
            try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(TOKEN);
                }
            }
        }
    }

    @Test
    void eventDataNeedsAnEvent() throws Exception {
        r.assertLogContains("eventData: this build was not started by an event", build("eventData()", Result.FAILURE));
    }

    @Test
    void formAndSnippetKeepEveryField() throws Exception {
        NautobotQueryStep step = new NautobotQueryStep("/dcim/devices/");
        step.setMethod("PATCH");
        step.setBody("{\"a\": 1}");
        step.setTimeoutSeconds(7);
        NautobotQueryStep after = new StepConfigTester(r).configRoundTrip(step);
        r.assertEqualDataBoundBeans(step, after);
        new StepConfigTester(r).configRoundTrip(new EventDataStep());

        SnippetizerTester snippets = new SnippetizerTester(r);
        snippets.assertRoundTrip(
                step, "nautobotQuery body: '{\"a\": 1}', method: 'PATCH', timeoutSeconds: 7, uri: '/dcim/devices/'");
        snippets.assertRoundTrip(new NautobotQueryStep("/x/"), "nautobotQuery '/x/'");
        snippets.assertRoundTrip(new EventDataStep(), "eventData()");
    }

    private WorkflowRun build(String script, Result expected) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.buildAndAssertStatus(expected, job);
    }
}
