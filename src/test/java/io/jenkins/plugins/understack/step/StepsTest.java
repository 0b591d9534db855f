package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    void bodiesAreMapsListsTextsNumbersAndBooleans() throws Exception {
        Map<String, String> wrong = Map.of(
                "[a: currentBuild]", "ERROR: nautobotQuery: body.a: holds a RunWrapper; expected maps, lists, texts, numbers and booleans",
                "[b: [1, env]]", "ERROR: nautobotQuery: body.b[1]: holds a EnvActionImpl; expected maps",
                "currentBuild", "ERROR: nautobotQuery: body: holds a RunWrapper; expected maps",
                "'{bad'", "ERROR: nautobotQuery: body is not JSON: error at line 1");
        for (Map.Entry<String, String> body : wrong.entrySet()) {
            WorkflowRun run = build("nautobotQuery(method: 'POST', uri: '/dcim/devices/', body: " + body.getKey() + ")", Result.FAILURE);
            r.assertLogContains(body.getValue(), run);
            r.assertLogNotContains("\tat ", run);
        }
        assertThat(nautobot.requests()).isEmpty();

        build(
                """
                def name = 'x'
                for (body in [[a: ["${name}", 1, 1.5, true, null]], [1], "{\\"a\\": \\"${name}\\"}", '[]']) {
                    try {
                        nautobotQuery(method: 'POST', uri: '/dcim/devices/', body: body)
                    } catch (hudson.AbortException e) {
                        echo e.message
                    }
                }
                """,
                Result.SUCCESS);
        assertThat(nautobot.requests()).hasSize(4).allMatch(request -> request.startsWith("POST /api/dcim/devices/"));
    }

    @Test
    void queriesShareOneHttpClient() throws Exception {
        Set<Thread> before = httpClients();

        build("for (int i = 0; i < 30; i++) { nautobotQuery(uri: '/dcim/devices/') }", Result.SUCCESS);

        assertThat(nautobot.requests()).hasSize(30);
        assertThat(httpClients()).filteredOn(thread -> !before.contains(thread)).hasSizeLessThanOrEqualTo(1);
        Duration second = Duration.ofSeconds(1);
        HttpClient client = NautobotHttp.client(second);
        assertThat(NautobotHttp.client(second)).isSameAs(client);
        assertThat(NautobotHttp.client(Duration.ofSeconds(2))).isNotSameAs(client);
    }

    @Test
    void theHttpClientFollowsTheProxyConfiguration() throws Exception {
        Duration second = Duration.ofSeconds(1);
        HttpClient direct = NautobotHttp.client(second);
        r.jenkins.setProxy(new ProxyConfiguration("proxy.invalid", 3128));
        HttpClient proxied = NautobotHttp.client(second);
        assertThat(proxied).isNotSameAs(direct);
        assertThat(proxied.proxy()).isPresent();
        r.jenkins.getProxy().setNoProxyHost("127.0.0.1");
        assertThat(NautobotHttp.client(second)).isNotSameAs(proxied).isSameAs(NautobotHttp.client(second));
        r.jenkins.setProxy(null);
        assertThat(NautobotHttp.client(second).proxy()).isEmpty();
    }

    private static Set<Thread> httpClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-.*-SelectorManager"))
                .collect(Collectors.toSet());
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
