package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.http.JenkinsHttp;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepsTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef01234567";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

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
    void stepsReturnMapsAndListsInScriptedAndDeclarative() throws Exception {
        nautobot.device("server-2", Map.of("serial", "S-2"));
        nautobot.address("server-1", "iLO", "10.46.96.156");
        nautobot.pageSize(1);
        nautobot.graphql((query, variables) -> Map.of("devices", List.of(Map.of("name", variables.get("name")))));
        String id = nautobot.deviceId("server-1");
        try (NautobotSimulator lab = NautobotSimulator.start(TOKEN)) {
            lab.device("a b&c", Map.of("serial", "S-3"));
            NautobotConfig second = new NautobotConfig(lab.url(), "nautobot-token");
            second.setName("lab");
            UnderstackConfiguration.get().setNautobots(List.of(second));

            WorkflowRun scripted = build(
                    """
                    def one = nautobotQuery(uri: '/dcim/devices/?name=server-1')
                    echo "one ${one.count} serial ${one.results[0].serial}"
                    def all = nautobotQuery uri: '/dcim/devices/', query: [limit: 1], all: true
                    echo "all ${all.count} ${all.results[0].serial} ${all.results[1].serial}"
                    def name = 'a b'
                    def other = nautobotQuery(uri: '/dcim/devices/', query: [name: ["${name}&c"]], nautobot: 'lab')
                    echo "lab ${other.results[0].serial}"
                    def data = nautobotGraphql(query: 'query ($name: String) { devices { name } }', variables: [name: "${name}"])
                    echo "graphql ${data.devices[0].name}"
                    echo "device ${getDevice(hostname: 'server-1').serial} ${getDevice(deviceId: '%s').serial}"
                    echo "bmc ${getObmIp(hostname: 'server-1')} ${getObmIp(deviceId: '%s')}"
                    """.formatted(id, id),
                    Result.SUCCESS);

            for (String line : List.of(
                    "one 1 serial S-1", "all 2 S-1 S-2", "lab S-3", "graphql a b", "device S-1 S-1", "bmc 10.46.96.156 10.46.96.156")) {
                r.assertLogContains(line, scripted);
            }
            assertThat(lab.requests()).containsExactly("GET /api/dcim/devices/?name=a+b%26c");
            assertThat(nautobot.requests())
                    .containsExactly(
                            "GET /api/dcim/devices/?name=server-1",
                            "GET /api/dcim/devices/?limit=1",
                            "GET /api/dcim/devices/?limit=1&offset=1",
                            "POST /api/graphql/",
                            "GET /api/dcim/devices/?name=server-1",
                            "GET /api/dcim/devices/" + id + "/",
                            "GET /api/ipam/ip-addresses/?device=server-1&interfaces=iDRAC&interfaces=iLO",
                            "GET /api/ipam/ip-addresses/?device_id=" + id + "&interfaces=iDRAC&interfaces=iLO");
            build(
                    """
                    pipeline {
                        agent none
                        stages {
                            stage('look up') {
                                steps {
                                    nautobotQuery '/dcim/devices/'
                                    nautobotQuery(uri: '/dcim/devices/', query: [name: 'server-1'], all: true)
                                    nautobotGraphql(query: '{ devices { name } }', variables: [name: 'x'])
                                    getDevice(hostname: 'server-1', timeoutSeconds: 10)
                                    getObmIp(deviceId: '%s', nautobot: 'default')
                                }
                            }
                        }
                    }
                    """.formatted(id),
                    Result.SUCCESS);
        }
        assertThat(nautobot.writes()).isEmpty();
    }

    /** Hanging queries of several builds hold neither the thread of their Pipelines nor that of another. */
    @Test
    void otherPipelinesGoOnWhileQueriesWait() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        List<QueueTaskFuture<WorkflowRun>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            nautobot.faults().waitFor(answer);
            WorkflowJob job = r.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    "parallel(a: { getDevice(hostname: 'server-1') }, b: { echo 'beside it' })", true));
            waiting.add(job.scheduleBuild2(0));
        }
        try {
            for (QueueTaskFuture<WorkflowRun> build : waiting) {
                r.waitForMessage("beside it", build.waitForStart());
            }
            build("echo 'another'", Result.SUCCESS);
            Await.until(() -> nautobot.requests().size(), count -> count == 5);
        } finally {
            answer.countDown();
        }
        for (QueueTaskFuture<WorkflowRun> build : waiting) {
            r.assertBuildStatusSuccess(build);
        }
    }

    @Test
    void theUseOfTheTokenIsTracked() throws Exception {
        WorkflowRun run = build("nautobotQuery(uri: '/dcim/devices/')", Result.SUCCESS);

        StringCredentials token = CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, r.jenkins, ACL.SYSTEM2, List.of())
                .get(0);
        assertThat(CredentialsProvider.getFingerprintOf(token).getRangeSet(run.getParent()).includes(run.getNumber()))
                .isTrue();
    }

    @Test
    void failuresSayWhatWasAskedAndNeverTheToken() throws Exception {
        List<WorkflowRun> failed = new ArrayList<>();
        nautobot.faults().status(401);
        failed.add(fails("getDevice(hostname: 'server-1')", "ERROR: nautobot GET /dcim/devices/?name=server-1: status 401"));
        nautobot.device("server-1", Map.of("id", "0ccdd4ae-3e49-42cd-9b70-f742ece59312"));
        nautobot.graphql((query, variables) -> {
            throw new NautobotSimulator.GraphqlError("no field for Token " + TOKEN);
        });
        Events.secretText("wrong-token", "x" + TOKEN);
        nautobot.faults().status(429, "0");
        failed.add(fails("nautobotQuery(method: 'GET', uri: '/dcim/nothing/')", "ERROR: nautobot GET /dcim/nothing/: status 404"));
        r.assertLogContains("nautobot: status 429; again in ", failed.get(1));
        failed.add(fails("getDevice(hostname: 'h1')", "ERROR: nautobot: no device has the name \"h1\""));
        failed.add(fails("getDevice(hostname: 'server-1')", "ERROR: nautobot: ambiguous: 2 devices have the name \"server-1\""));
        failed.add(fails("getObmIp(hostname: 'server-1')", "ERROR: nautobot: no BMC address for the device with the name \"server-1\""));
        failed.add(fails("nautobotGraphql '{ devices }'", "ERROR: nautobot POST /graphql/: no field for Token ******"));
        failed.add(fails("getDevice()", "ERROR: getDevice: hostname: is missing"));
        failed.add(fails("nautobotQuery(uri: '/x/', query: [name: null])", "ERROR: nautobotQuery: query.name: is null"));
        failed.add(fails("nautobotQuery(uri: '/x/', nautobot: 'lab')", "ERROR: nautobotQuery: nautobot: \"lab\" is not configured; expected one of [default]"));
        UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "wrong-token"));
        failed.add(fails("nautobotQuery(uri: '/dcim/devices/')", "check the token in credential \"wrong-token\""));
        UnderstackConfiguration.get().setNautobot(new NautobotConfig(nautobot.url(), "no-such-credential"));
        failed.add(fails("nautobotQuery(uri: '/dcim/devices/')", "credential \"no-such-credential\" does not exist among the global credentials"));
        UnderstackConfiguration.get().setNautobot(null);
        failed.add(fails("nautobotQuery(uri: '/dcim/devices/')", "no Nautobot is configured"));

        for (WorkflowRun run : failed) {
            r.assertLogNotContains("\tat ", run);
            try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(TOKEN);
                }
            }
        }
    }

    private WorkflowRun fails(String script, String message) throws Exception {
        WorkflowRun run = build(script, Result.FAILURE);
        r.assertLogContains(message, run);
        return run;
    }

    @Test
    void bodiesAreMapsListsTextsNumbersAndBooleans() throws Exception {
        Map<String, String> wrong = Map.of(
                "[a: currentBuild]", "ERROR: nautobotQuery: body.a: holds a RunWrapper; expected maps, lists, texts, numbers and booleans",
                "[b: [1, env]]", "ERROR: nautobotQuery: body.b[1]: holds a EnvActionImpl; expected maps",
                "currentBuild", "ERROR: nautobotQuery: body: holds a RunWrapper; expected maps",
                "'{bad'", "ERROR: nautobotQuery: body: is not JSON: error at line 1");
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
        HttpClient client = JenkinsHttp.client(TlsTrust.DEFAULT, TIMEOUT);
        assertThat(JenkinsHttp.client(new TlsTrust(null, true), TIMEOUT)).isNotSameAs(client);
        assertThat(JenkinsHttp.client(TlsTrust.DEFAULT, TIMEOUT)).isSameAs(client);
    }

    @Test
    void theHttpClientFollowsTheProxyConfiguration() throws Exception {
        HttpClient direct = JenkinsHttp.client(TlsTrust.DEFAULT, TIMEOUT);
        r.jenkins.setProxy(new ProxyConfiguration("proxy.invalid", 3128));
        HttpClient proxied = JenkinsHttp.client(TlsTrust.DEFAULT, TIMEOUT);
        assertThat(proxied).isNotSameAs(direct);
        assertThat(proxied.proxy()).isPresent();
        r.jenkins.getProxy().setNoProxyHost("127.0.0.1");
        assertThat(JenkinsHttp.client(TlsTrust.DEFAULT, TIMEOUT)).isNotSameAs(proxied).isSameAs(JenkinsHttp.client(TlsTrust.DEFAULT, TIMEOUT));
        r.jenkins.setProxy(null);
        assertThat(JenkinsHttp.client(TlsTrust.DEFAULT, TIMEOUT).proxy()).isEmpty();
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
        step.setQuery("name: a b\nlimit: 5");
        step.setBody("{\"a\": 1}");
        step.setNautobot("lab");
        step.setTimeoutSeconds(7);
        keeps(
                step,
                "nautobotQuery body: '{\"a\": 1}', method: 'PATCH', nautobot: 'lab', query: [name: 'a b', limit: '5'],"
                        + " timeoutSeconds: 7, uri: '/dcim/devices/'");
        NautobotQueryStep list = new NautobotQueryStep("/dcim/devices/");
        list.setAll(true);
        keeps(list, "nautobotQuery all: true, uri: '/dcim/devices/'");
        keeps(new NautobotQueryStep("/x/"), "nautobotQuery '/x/'");
        NautobotGraphqlStep graphql = new NautobotGraphqlStep("{ devices { name } }");
        graphql.setVariables("{\"a\": 1}");
        graphql.setNautobot("lab");
        keeps(graphql, "nautobotGraphql nautobot: 'lab', query: '{ devices { name } }', variables: '{\"a\": 1}'");
        GetDeviceStep device = new GetDeviceStep();
        device.setHostname("server-1");
        device.setTimeoutSeconds(7);
        keeps(device, "getDevice hostname: 'server-1', timeoutSeconds: 7");
        GetObmIpStep obmIp = new GetObmIpStep();
        obmIp.setDeviceId("0ccdd4ae-3e49-42cd-9b70-f742ece59312");
        keeps(obmIp, "getObmIp deviceId: '0ccdd4ae-3e49-42cd-9b70-f742ece59312'");
        keeps(new EventDataStep(), "eventData()");
    }

    /** The snippet is made of what comes back from the form. */
    private void keeps(Step step, String snippet) throws Exception {
        new SnippetizerTester(r).assertRoundTrip(new StepConfigTester(r).configRoundTrip(step), snippet);
    }

    private WorkflowRun build(String script, Result expected) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return r.buildAndAssertStatus(expected, job);
    }
}
