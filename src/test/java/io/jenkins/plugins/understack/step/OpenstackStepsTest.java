package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.understack.config.OpenstackConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import io.jenkins.plugins.understack.workbench.simulator.IronicSimulator;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The steps that talk to OpenStack, with a simulated Ironic and Keystone that outlive the controller. */
class OpenstackStepsTest {
    private static final String SECRET = "s3cret-of-the-application";
    private static final String PASSWORD = "c4lvin-of-the-bmc";
    /** How the simulated tokens begin. */
    private static final String TOKEN = "gAAAA-";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TestBmc.MovedClock clock = new TestBmc.MovedClock();
    private IronicSimulator ironic;

    @BeforeEach
    void start() throws Exception {
        Turns.pace = wait -> wait.compareTo(Duration.ofMillis(200)) > 0 ? Duration.ofMillis(200) : wait;
        ironic = IronicSimulator.behindKeystone(clock, "app-id", SECRET);
        // Jenkins has a clock of its own.
        ironic.tokensLive(Duration.ofDays(36_500));
        ironic.takes(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        Turns.pace = UnaryOperator.identity();
        ironic.close();
    }

    @Test
    void stepsAndRestarts() throws Throwable {
        sessions.then(r -> {
            configure();
            scriptedAndDeclarative(r);
            refusals(r);
            workflows(r);
            snippets(r);
            begin(r);
        });
        sessions.then(this::goOn);
    }

    private void configure() throws Exception {
        List<com.cloudbees.plugins.credentials.Credentials> credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "app", null, "app-id", SECRET));
        credentials.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "bmc", null, "root", PASSWORD));
        SystemCredentialsProvider.getInstance().save();
        OpenstackConfig main = new OpenstackConfig();
        main.setAuthUrl(ironic.authUrl() + "/v3");
        main.setCredentialsId("app");
        main.setRegion("here");
        OpenstackConfig alone = new OpenstackConfig();
        alone.setName("nowhere");
        alone.setEndpoints("baremetal: http://127.0.0.1:1");
        UnderstackConfiguration.get().setOpenstack(List.of(main, alone));

        OpenstackConfig.DescriptorImpl form = new OpenstackConfig.DescriptorImpl();
        assertThat(form.doTestConnection("", ironic.authUrl(), "app", "", "", "", 5, "", false).renderHtml()).contains("Keystone gives a token");
        assertThat(form.doTestConnection("", ironic.authUrl(), "bmc", "", "", "", 5, "", false).renderHtml())
                .contains("status 401 (check credential")
                .doesNotContain(PASSWORD);
    }

    private void scriptedAndDeclarative(JenkinsRule r) throws Exception {
        WorkflowRun scripted = build(
                r,
                """
                def ask = [service: 'baremetal', microversion: '1.92']
                echo "none ${openstackQuery(ask + [uri: '/v1/nodes/n1', optional: true])}"
                def made = openstackQuery(ask + [method: 'POST', uri: '/v1/nodes', credentials: 'bmc', body: [
                    name: "n${1}", extra: [said: '$PASSWORD'], driver_info: [redfish_username: '$USERNAME', redfish_password: '$PASSWORD']]])
                echo "made ${made.name} ${made.driver_info.redfish_username} ${made.extra.said}"
                def managed = ironicProvision(node: 'n1', target: 'manage')
                echo "managed ${managed.state} ${managed.changed} ${managed.uuid == made.uuid}"
                echo "again ${ironicProvision(node: made.uuid, target: 'manage').changed}"
                ironicProvision(node: 'n1', target: 'clean', cleanSteps: [[interface: 'raid', step: "create_${'configuration'}"]], disableRamdisk: true)
                echo "all ${openstackQuery(service: 'baremetal', uri: '/v1/nodes', query: [limit: 1], all: true).nodes*.name}"
                """,
                Result.SUCCESS);
        for (String line : List.of("none null", "made n1 root ******", "managed manageable true true", "again false", "all [n1]")) {
            r.assertLogContains(line, scripted);
        }
        assertThat(ironic.show("n1").path("driver_info").path("redfish_password").asText()).isEqualTo(PASSWORD);
        assertThat(ironic.writes().subList(1, 3)).containsExactly(
                "PUT /v1/nodes/n1/states/provision {\"target\":\"manage\"}",
                "PUT /v1/nodes/n1/states/provision {\"target\":\"clean\",\"clean_steps\":[{\"interface\":\"raid\",\"step\":\"create_configuration\"}],"
                        + "\"disable_ramdisk\":true}");
        WorkflowRun declarative = build(
                r,
                """
                pipeline {
                    agent none
                    stages {
                        stage('one') {
                            steps {
                                openstackQuery(service: 'baremetal', uri: '/v1/nodes', cloud: 'default', timeoutSeconds: 10)
                                ironicProvision(node: 'n1', target: 'inspect', timeoutMinutes: 1)
                            }
                        }
                    }
                }
                """,
                Result.SUCCESS);
        r.assertLogContains("ironicProvision: node n1: Ironic has taken inspect", declarative);
        // One token is enough for all of them; two were asked for to test the connection.
        assertThat(ironic.requests()).filteredOn(request -> request.contains("/auth/tokens")).hasSize(3);
        noSecretIn(r);
    }

    private void refusals(JenkinsRule r) throws Exception {
        ironic.failNext("clean", "the RAID controller does not answer");
        ironic.lock("n1", Duration.ofHours(1));
        String[][] wrong = {
            {"openstackQuery(service: 'baremetal', uri: '/v1/nodes/n9')", "ERROR: openstack baremetal GET /v1/nodes/n9: status 404"},
            {
                "openstackQuery(service: 'baremetal', method: 'PUT', uri: '/v1/nodes/n1/states/provision', body: [target: 'inspect'])",
                "status 409: Node " + ironic.show("n1").path("uuid").asText() + " is locked by host conductor-1"
            },
            {"openstackQuery(service: 'compute', uri: '/servers')", "the catalogue has no such service; expected one of [baremetal]"},
            {"openstackQuery(service: 'baremetal', uri: '/../x')", "ERROR: openstackQuery: uri: \"/../x\" leaves the endpoint"},
            {"openstackQuery(service: 'baremetal', uri: '/v1/nodes', cloud: 'lab')", "cloud: \"lab\" is not configured; expected one of [default, nowhere]"},
            {"openstackQuery(service: 'baremetal', method: 'POST', uri: '/x', body: [a: '$PASSWORD'], credentials: 'none')", "ERROR: openstackQuery: credentials: \"none\""},
            {"ironicProvision(node: 'n1', target: 'brew')", "ERROR: ironicProvision: target: \"brew\" is unknown"},
            {"ironicProvision(node: 'n9', target: 'manage')", "ERROR: openstack baremetal GET /v1/nodes/n9"},
            {"ironicProvision(node: 'n1', target: 'clean')", "ERROR: ironicProvision: cleanSteps: and runbook are both missing"},
        };
        for (String[] one : wrong) {
            WorkflowRun run = build(r, one[0], Result.FAILURE);
            r.assertLogContains(one[1], run);
            r.assertLogNotContains("\tat ", run);
        }
        WorkflowRun waits = job(r, "waits", "ironicProvision(node: 'n1', target: 'clean', runbook: 'rb')").scheduleBuild2(0).waitForStart();
        r.waitForMessage("node n1 is locked by conductor-1", waits);
        clock.pass(Duration.ofHours(1));
        r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(waits));
        r.assertLogContains(
                "ERROR: openstack baremetal: node n1: clean ended in the state clean failed, expected manageable: the RAID controller does not answer", waits);
        noSecretIn(r);
    }

    /** Those of the library, in the sandbox. */
    private void workflows(JenkinsRule r) throws Exception {
        ironic.node("firmware", "available", "CUSTOM_FIRMWARE_UPDATE_20_BIOS", "CUSTOM_FIRMWARE_UPDATE_3_NIC", "CUSTOM_UNRELATED");
        ironic.runbook("CUSTOM_FIRMWARE_UPDATE_20_BIOS", "rb-20");
        ironic.runbook("CUSTOM_FIRMWARE_UPDATE_3_NIC", "rb-3");
        int[] inspections = {0};
        ironic.ended((verb, node) -> {
            if (verb.equals("inspect") && ++inspections[0] == 2) {
                ironic.port("Dell-33GSW04", "aa:aa:aa:aa:aa:01", "NIC.Integrated.1-1", true);
            }
        });
        int before = ironic.writes().size();
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC, clock)) {
            bmc.account("root", PASSWORD);
            WorkflowRun run = build(
                    r,
                    """
                    @Library('understack') _
                    echo "updated ${serverFirmwareUpdate(node: 'firmware')}"
                    echo "enrolled ${enrollServer(ip: '%s', credentials: 'bmc').name}"
                    """.formatted(bmc.url()),
                    Result.SUCCESS);
            r.assertLogContains("updated [CUSTOM_FIRMWARE_UPDATE_3_NIC, CUSTOM_FIRMWARE_UPDATE_20_BIOS]", run);
            r.assertLogContains("enrolled Dell-33GSW04", run);
            assertThat(bmc.openSessions()).isZero();
        }
        assertThat(ironic.writes().stream().skip(before).filter(write -> write.contains("/provision"))
                        .map(write -> write.replaceAll(".*\"target\":\"(\\w+)\".*", "$1")))
                .containsExactly("manage", "clean", "clean", "provide", "manage", "inspect", "inspect", "clean", "inspect", "provide");
        assertThat(ironic.show("Dell-33GSW04").path("target_raid_config").path("logical_disks").path(0).path("raid_level").asText()).isEqualTo("1");
        noSecretIn(r);
    }

    private static void snippets(JenkinsRule r) throws Exception {
        OpenstackQueryStep query = new OpenstackQueryStep("baremetal", "/v1/nodes");
        query.setMethod("POST");
        query.setQuery("name: a b");
        query.setBody("{\"a\": 1}");
        query.setMicroversion("1.92");
        query.setCredentials("bmc");
        query.setCloud("nowhere");
        query.setOptional(true);
        query.setAll(true);
        query.setTimeoutSeconds(7);
        keeps(r, query, "openstackQuery all: true, body: '{\"a\": 1}', cloud: 'nowhere', credentials: 'bmc', method: 'POST', microversion: '1.92',"
                + " optional: true, query: [name: 'a b'], service: 'baremetal', timeoutSeconds: 7, uri: '/v1/nodes'");
        IronicProvisionStep clean = new IronicProvisionStep("n1", "clean");
        clean.setCleanSteps("[{\"a\": 1}]");
        clean.setRunbook("rb");
        clean.setCloud("nowhere");
        clean.setDisableRamdisk(true);
        clean.setTimeoutMinutes(5);
        keeps(r, clean, "ironicProvision cleanSteps: '[{\"a\": 1}]', cloud: 'nowhere', disableRamdisk: true, node: 'n1', runbook: 'rb', target: 'clean',"
                + " timeoutMinutes: 5");
    }

    /** The snippet is made of what comes back from the form. */
    private static void keeps(JenkinsRule r, Step step, String snippet) throws Exception {
        new SnippetizerTester(r).assertRoundTrip(new StepConfigTester(r).configRoundTrip(step), snippet);
    }

    /** An inspection that Ironic works on when Jenkins goes down. */
    private void begin(JenkinsRule r) throws Exception {
        ironic.state("n1", "manageable");
        ironic.takes(Duration.ofMinutes(30));
        WorkflowRun run = job(r, "inspection", "echo \"then ${ironicProvision(node: 'n1', target: 'inspect').state}\"").scheduleBuild2(0).waitForStart();
        r.waitForMessage("node n1 is inspecting", run);
        assertThat(r.jenkins.getComputers()).allSatisfy(computer -> assertThat(computer.countBusy()).isZero());
    }

    private void goOn(JenkinsRule r) throws Exception {
        WorkflowRun run = r.jenkins.getItemByFullName("inspection", WorkflowJob.class).getLastBuild();
        r.waitForMessage("goes on after a restart of Jenkins", run);
        int before = ironic.writes().size();
        clock.pass(Duration.ofMinutes(30));
        r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(run));
        r.assertLogContains("then manageable", run);
        assertThat(ironic.writes()).hasSize(before);
        noSecretIn(r);
    }

    private static void noSecretIn(JenkinsRule r) throws Exception {
        JenkinsHome.hasNone(r, List.of(SECRET, PASSWORD, TOKEN));
    }

    private static WorkflowRun build(JenkinsRule r, String script, Result expected) throws Exception {
        return r.assertBuildStatus(expected, job(r, "job-" + r.jenkins.getItems().size(), script).scheduleBuild2(0));
    }

    private static WorkflowJob job(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
