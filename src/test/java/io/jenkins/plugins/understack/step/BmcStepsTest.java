package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.ObmRuleConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.redfish.update.TestImages;
import io.jenkins.plugins.understack.credentials.JenkinsCredentialProvider;
import io.jenkins.plugins.understack.credentials.StandardPasswordProvider;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import io.jenkins.plugins.understack.workbench.simulator.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The steps that talk to BMCs, with simulated ones that outlive the controller. */
class BmcStepsTest {
    private static final String STANDARD = "Vbyf7AFhiY2phtD1vcF0";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private final TestBmc.MovedClock clock = new TestBmc.MovedClock();
    private BmcSimulator bmc;
    private BmcSimulator locked;
    private TestImages images;
    private NautobotSimulator nautobot;

    @BeforeEach
    void start() throws Exception {
        Turns.pace = wait -> wait.compareTo(Duration.ofMillis(200)) > 0 ? Duration.ofMillis(200) : wait;
        SelfSigned certificate = SelfSigned.in(directory, "ip:127.0.0.1");
        bmc = BmcSimulator.start(BmcKind.IDRAC, clock, certificate.server());
        locked = BmcSimulator.start(BmcKind.ILO, clock, certificate.server());
        images = new TestImages(Files.write(directory.resolve("bios.exe"), new byte[100_000]));
        nautobot = NautobotSimulator.start("token");
        nautobot.device("server-1", Map.of());
        nautobot.address("server-1", "iDRAC", bmc.url());
    }

    @AfterEach
    void stop() {
        Turns.pace = UnaryOperator.identity();
        nautobot.close();
        images.close();
        bmc.close();
        locked.close();
    }

    @Test
    void stepsAndRestarts() throws Throwable {
        sessions.then(r -> {
            configure();
            synchronisesThenSetsUp(r);
            refusals(r);
            snippets(r);
            begin(r);
        });
        sessions.then(this::goOn);
    }

    private void configure() throws Exception {
        Events.secretText("bmc-master", "ultra-secret string");
        Events.secretText("nautobot-token", "token");
        nautobot(30);
        for (String id : List.of("standard", "obm-server-1")) {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, "root", STANDARD));
        }
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "before", null, "root", "once-upon-a-time"));
        SystemCredentialsProvider.getInstance().save();
        ObmConfig obm = new ObmConfig();
        obm.setProviders(List.of(
                new ObmRuleConfig(new JenkinsCredentialProvider("obm-{name}")),
                new ObmRuleConfig(new StandardPasswordProvider("bmc-master"))));
        obm.setInsecureSkipVerify(true);
        UnderstackConfiguration.get().setObm(obm);
    }

    private void nautobot(int timeoutSeconds) {
        NautobotConfig config = new NautobotConfig(nautobot.url(), "nautobot-token");
        config.setTimeoutSeconds(timeoutSeconds);
        UnderstackConfiguration.get().setNautobot(config);
    }

    private String device(BmcSimulator of) {
        return "device: '" + of.url().replace("https://", "") + "'";
    }

    /** Scripted and Declarative; what is already so stays so. */
    private void synchronisesThenSetsUp(JenkinsRule r) throws Exception {
        bmc.account("root", "once-upon-a-time");
        WorkflowRun scripted = build(
                r,
                """
                def dry = obmSyncCreds(BMC, credentials: 'standard', oldCredentials: 'before', dryRun: true)
                echo "dry ${dry.worked} ${dry.changed}"
                def sync = obmSyncCreds(BMC, credentials: 'standard', oldCredentials: 'before')
                echo "sync ${sync.worked} ${sync.changed}"
                echo "again ${obmSyncCreds(BMC, credentials: 'standard').worked}"
                def bios = obmBiosSettings(BMC, credentials: 'standard', settings: [PxeDev1EnDis: 'Disabled', NoSuchThing: 1])
                echo "bios ${bios.attributes} ${bios.changed}"
                for (int i = 0; i < 2; i++) {
                    def server = obmInventory(BMC, credentials: 'standard')
                    echo "${server.manufacturer}, ${server.model}, ${server.serial}, ${server.biosVersion}, ${server.memoryGib} GiB, ${server.nics*.name}"
                    echo "${server.bmc.name} ${server.bmc.mac}, ${server.bmc.address}/${server.bmc.prefixLength} gw ${server.bmc.gateway}"
                    def set = obmBmcSettings(BMC, credentials: 'standard', bmcHostname: "${server.manufacturer}-${server.serial}",
                        settings: ['SNMP.1.AlertPort': 161, 'SNMP.1.AgentEnable': 'Enabled', 'SNMP.1.NoSuchThing': 1])
                    echo "bmc ${set.attributes} ${set.changed}, was ${server.bmc.hostname}"
                }
                echo "boot ${obmBootOnce(BMC, credentials: 'standard', target: 'Pxe')} ${obmBootOnce(BMC, credentials: 'standard', target: 'Pxe')}"
                """,
                Result.SUCCESS);
        r.assertLogContains("dry old false", scripted);
        r.assertLogContains("sync old true", scripted);
        r.assertLogContains("again standard", scripted);
        r.assertLogContains("NoSuchThing:not-offered, PxeDev1EnDis:", scripted);
        r.assertLogContains("Dell, PowerEdge R7615, 33GSW04, 1.6.10, 96 GiB, [NIC.Embedded.1-1-1, NIC.Integrated.1-1]", scripted);
        r.assertLogContains("iDRAC A8:3C:A5:35:43:86, 10.46.96.156/26 gw 10.46.96.129", scripted);
        r.assertLogContains(
                "bmc [SNMP.1.AgentEnable:already, SNMP.1.AlertPort:sent, SNMP.1.NoSuchThing:not-offered] true, was idrac-simulated", scripted);
        r.assertLogContains(
                "bmc [SNMP.1.AgentEnable:already, SNMP.1.AlertPort:already, SNMP.1.NoSuchThing:not-offered] false, was Dell-33GSW04", scripted);
        assertThat(bmc.writes().stream().filter(write -> write.contains("/Managers/")))
                .containsExactly(
                        "PATCH " + bmc.manager() + "/Attributes 200", "PATCH " + bmc.manager() + "/EthernetInterfaces/NIC.1 200");
        assertThat(bmc.sent(bmc.manager() + "/EthernetInterfaces/NIC.1")).hasToString("{\"HostName\":\"Dell-33GSW04\"}");
        r.assertLogContains("boot true false", scripted);
        WorkflowRun declarative = build(
                r,
                """
                pipeline {
                    agent none
                    stages {
                        stage('power') {
                            steps {
                                script {
                                    echo "on ${obmPower(BMC, credentials: 'standard', power: 'On')}"
                                    echo "on ${obmPower(BMC, credentials: 'standard', power: 'On')}"
                                }
                            }
                        }
                    }
                }
                """,
                Result.SUCCESS);
        r.assertLogContains("on true", declarative);
        r.assertLogContains("on false", declarative);
        for (WorkflowRun run : List.of(scripted, declarative)) {
            r.assertLogNotContains(STANDARD, run);
            r.assertLogNotContains("once-upon-a-time", run);
        }
        assertThat(bmc.openSessions()).isZero();
        assertThat(bmc.accepts("root", STANDARD)).isTrue();
    }

    private void refusals(JenkinsRule r) throws Exception {
        for (String[] wrong : new String[][] {
            {"obmPower(BMC, credentials: 'standard', power: 'Up')", "obmPower: 127.0.0.1", "\"Up\" is not offered"},
            {"obmPower(power: 'On')", "obmPower: hostname: is empty", ""},
            {"obmPower(device: '127.0.0.1/x', power: 'On')", "obmPower: bmc: is no address of a BMC", ""},
            {"obmBiosSettings(BMC, settings: [:])", "obmBiosSettings: settings: is empty", ""},
            {"obmBiosSettings(BMC, settings: [a: [1]])", "obmBiosSettings: settings.a: expected a text", ""},
            {"obmBmcSettings(BMC)", "obmBmcSettings: settings: is empty; expected settings, bmcHostname, or both", ""},
            {"obmBmcSettings(BMC, bmcHostname: 'a.b')", "obmBmcSettings: bmcHostname: \"a.b\" is no host name", ""},
            {"obmInventory()", "obmInventory: hostname: is empty", ""},
            {"obmFirmwareUpdate(BMC, url: 'ftp://x/y', sha256: 'a')", "obmFirmwareUpdate: url: is no URL of an image", ""},
            {
                "obmFirmwareUpdate(BMC, credentials: 'standard', url: '" + images.url("/none") + "', sha256: '" + "0".repeat(64) + "')",
                "cannot be had: status 404; nothing was uploaded",
                "obmFirmwareUpdate: image http://127.0.0.1"
            },
            {
                "obmFirmwareUpdate(BMC, credentials: 'standard', url: '" + images.url("/bios.exe") + "', sha256: '" + "0".repeat(64) + "')",
                "nothing was uploaded. Is it the right file",
                ""
            },
        }) {
            WorkflowRun run = build(r, wrong[0], Result.FAILURE);
            r.assertLogContains(wrong[1], run);
            r.assertLogContains(wrong[2], run);
            r.assertLogNotContains("\tat ", run);
        }
        assertThat(bmc.uploads()).isEmpty();
        assertThat(bmc.openSessions()).isZero();
    }

    private void snippets(JenkinsRule r) throws Exception {
        ObmSyncCredsStep sync = new ObmSyncCredsStep();
        sync.setDevice("10.1.2.3:8443");
        sync.setCredentials("standard");
        sync.setOldCredentials("before");
        sync.setDryRun(true);
        SnippetizerTester tester = new SnippetizerTester(r);
        tester.assertRoundTrip(sync, "obmSyncCreds credentials: 'standard', device: '10.1.2.3:8443', dryRun: true, oldCredentials: 'before'");
        ObmPowerStep power = new ObmPowerStep("ForceRestart");
        power.setHostname("h1");
        power.setTimeoutMinutes(3);
        tester.assertRoundTrip(power, "obmPower hostname: 'h1', power: 'ForceRestart', timeoutMinutes: 3");
        ObmBootOnceStep boot = new ObmBootOnceStep("Pxe");
        boot.setIp("10.1.2.3");
        boot.setMode("UEFI");
        tester.assertRoundTrip(boot, "obmBootOnce ip: '10.1.2.3', mode: 'UEFI', target: 'Pxe'");
        ObmInventoryStep inventory = new ObmInventoryStep();
        inventory.setHostname("h1");
        tester.assertRoundTrip(inventory, "obmInventory hostname: 'h1'");
        ObmBmcSettingsStep settings = new ObmBmcSettingsStep();
        settings.setIp("10.1.2.3");
        settings.setBmcHostname("Dell-1");
        settings.setSettings("{\"Time.1.Timezone\": \"UTC\"}");
        tester.assertRoundTrip(
                settings, "obmBmcSettings bmcHostname: 'Dell-1', ip: '10.1.2.3', settings: '{\"Time.1.Timezone\": \"UTC\"}'");
        ObmFirmwareUpdateStep update = new ObmFirmwareUpdateStep("https://images/bios.exe", "0".repeat(64));
        update.setDeviceId("d1");
        tester.assertRoundTrip(
                update, "obmFirmwareUpdate deviceId: 'd1', sha256: '" + "0".repeat(64) + "', url: 'https://images/bios.exe'");
        // Help that the steps share.
        for (String help : List.of("ObmInventoryStep/help/timeoutMinutes", "OfferObmCredsStep/help/ip")) {
            String page = "descriptor/io.jenkins.plugins.understack.step." + help;
            assertThat(r.createWebClient().goTo(page).getWebResponse().getContentAsString()).contains("<p>");
        }
    }

    /** An update that the BMC works on, and a sync that must wait, when Jenkins goes down. */
    private void begin(JenkinsRule r) throws Exception {
        bmc.installs("BIOS", "2.0.0", Duration.ofSeconds(100));
        WorkflowRun update = job(r, "update", "echo \"changed ${obmFirmwareUpdate(deviceId: '" + nautobot.deviceId("server-1") + "', url: '"
                        + images.url("/bios.exe") + "', sha256: '" + images.sha256() + "').changes}\"")
                .scheduleBuild2(0)
                .waitForStart();
        locked.account("root", "nobody-knows");
        WorkflowRun sync = job(r, "sync", "obmSyncCreds(" + device(locked) + ", credentials: 'standard')")
                .scheduleBuild2(0)
                .waitForStart();
        r.waitForMessage("the BMC has the image", update);
        r.waitForMessage("log-ins in a row have failed; the next would lock it", sync);
        assertThat(r.jenkins.getComputers()).allSatisfy(computer -> assertThat(computer.countBusy()).isZero());

        int asked = nautobot.requests().size();
        Await.until(this::polls, polls -> polls > 2);
        assertThat(nautobot.requests()).as("a session is open, so no log-in is looked up").hasSize(asked);
        nautobot(1);
        nautobot.faults().hang();
    }

    private long polls() {
        return bmc.requests().stream().filter(request -> request.startsWith("GET /redfish/v1/TaskService/Tasks/")).count();
    }

    private void goOn(JenkinsRule r) throws Exception {
        WorkflowRun update = r.jenkins.getItemByFullName("update", WorkflowJob.class).getLastBuild();
        WorkflowRun sync = r.jenkins.getItemByFullName("sync", WorkflowJob.class).getLastBuild();
        r.waitForMessage("goes on after a restart of Jenkins", update);
        // It needs a new session now, and Nautobot does not say which device this is at once.
        r.waitForMessage("no complete answer within 1 s", update);
        pass(Duration.ofSeconds(50));
        r.waitForMessage("Running", update);
        pass(Duration.ofSeconds(60));
        r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(update));
        r.assertLogContains("changed [BIOS:1.6.10 -> 2.0.0]", update);
        assertThat(bmc.uploads()).hasSize(1);
        Await.until(bmc::openSessions, open -> open == 0);

        assertThat(sync.isBuilding()).isTrue();
        assertThat(locked.lockOuts()).isZero();
        sync.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(sync));
        assertThat(locked.openSessions()).isZero();
    }

    private void pass(Duration duration) throws Exception {
        clock.pass(duration);
        bmc.settle();
    }

    private WorkflowRun build(JenkinsRule r, String script, Result expected) throws Exception {
        WorkflowJob job = job(r, "job-" + r.jenkins.getItems().size(), script);
        return r.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    private WorkflowJob job(JenkinsRule r, String name, String script) throws Exception {
        WorkflowJob job = r.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script.replace("BMC", device(bmc)), true));
        return job;
    }
}
