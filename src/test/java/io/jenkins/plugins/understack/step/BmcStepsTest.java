package io.jenkins.plugins.understack.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.understack.core.broker.Await;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The steps that talk to BMCs, with simulated ones that outlive the controller. Their forms: {@link ObmStepsTest}. */
class BmcStepsTest extends BmcStepsFixture {
    private static final String RESET = "/redfish/v1/Systems/System.Embedded.1/Actions/ComputerSystem.Reset";
    private static final String LOCKED = "log-ins in a row have failed; the next would lock it";

    @Test
    void stepsAndRestarts() throws Throwable {
        sessions.then(r -> {
            configure();
            synchronisesThenSetsUp(r);
            refusals(r);
            begin(r);
        });
        sessions.then(this::goOn);
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
                echo "on ${obmPower(BMC, credentials: 'standard', power: 'On')} ${obmPower(BMC, credentials: 'standard', power: 'On')}"
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
        r.assertLogContains("on true false", scripted);
        WorkflowRun declarative = declarative(r);
        for (WorkflowRun run : List.of(scripted, declarative)) {
            r.assertLogNotContains(STANDARD, run);
            r.assertLogNotContains("once-upon-a-time", run);
        }
        assertThat(bmc.openSessions()).isZero();
        assertThat(bmc.accepts("root", STANDARD)).isTrue();
    }

    /** Nautobot and the BMC are busy in between. */
    private WorkflowRun declarative(JenkinsRule r) throws Exception {
        nautobot.faults().status(503);
        bmc.busyOnce("/ComputerSystem.Reset");
        bmc.installs("BMC", "7.20.0", Duration.ZERO);
        int before = bmc.writes().size();
        WorkflowRun run = build(
                r,
                """
                pipeline {
                    agent none
                    stages {
                        stage('one') {
                            steps {
                                obmInventory(hostname: 'server-1')
                                obmSyncCreds(BMC, credentials: 'standard')
                                script {
                                    def bios = obmBiosSettings(BMC, credentials: 'standard', settings: [TimeZone: 'UTC'], reboot: true)
                                    echo "bios changed ${bios.changed} rebooted ${bios.rebooted}"
                                }
                                obmBmcSettings(BMC, credentials: 'standard', settings: ['SNMP.1.AlertPort': 163])
                                obmBootOnce(BMC, credentials: 'standard', target: 'Hdd')
                                obmFirmwareUpdate(BMC, credentials: 'standard', url: '%s', sha256: '%s')
                                obmPower(BMC, credentials: 'standard', power: 'On')
                            }
                        }
                    }
                }
                """.formatted(images.url("/bios.exe"), images.sha256()),
                Result.SUCCESS);
        r.assertLogContains("obmInventory: device server-1: nautobot", run);
        r.assertLogContains("ComputerSystem.Reset: status 503", run);
        r.assertLogContains("bios changed true rebooted true", run);
        r.assertLogContains("has ended: {BMC=7.10.30.00 -> 7.20.0}", run);
        assertThat(bmc.writes().stream().skip(before).filter(write -> !write.contains("/Sessions")))
                .containsExactly(
                        "PATCH " + bmc.system() + "/Bios/Settings 200",
                        "POST " + RESET + " 503",
                        "POST " + RESET + " 204",
                        "PATCH " + bmc.manager() + "/Attributes 200",
                        "PATCH " + bmc.system() + " 200",
                        "POST /redfish/v1/UpdateService/MultipartUpload 202");
        return run;
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
        assertThat(bmc.uploads()).hasSize(1);
        assertThat(BmcHttp.images()).isSameAs(BmcHttp.images());
        assertThat(bmc.openSessions()).isZero();
    }

    /** An update that the BMC works on, a sync that must wait, and a restart that the BMC does not answer, when Jenkins goes down. */
    private void begin(JenkinsRule r) throws Exception {
        bmc.installs("BIOS", "2.0.0", Duration.ofSeconds(100));
        WorkflowRun update = job(r, "update", "echo \"changed ${obmFirmwareUpdate(deviceId: '" + nautobot.deviceId("server-1") + "', url: '"
                        + images.url("/bios.exe") + "', sha256: '" + images.sha256() + "').changes}\"")
                .scheduleBuild2(0)
                .waitForStart();
        locked.account("root", "nobody-knows");
        WorkflowRun sync = job(r, "sync", """
                try { obmSyncCreds(%1$s, credentials: 'standard') } catch (e) { echo "then ${e.message}" }
                obmSyncCreds(%1$s, credentials: 'before')
                """.formatted(device(locked)))
                .scheduleBuild2(0)
                .waitForStart();
        r.waitForMessage("the BMC has the image", update);
        r.waitForMessage(LOCKED, sync);
        assertThat(r.jenkins.getComputers()).allSatisfy(computer -> assertThat(computer.countBusy()).isZero());

        int asked = nautobot.requests().size();
        Await.until(this::polls, polls -> polls > 2);
        assertThat(nautobot.requests()).as("a session is open, so no log-in is looked up").hasSize(asked);
        nautobot(1);
        nautobot.faults().hang();
        noSecretIn(r);

        bmc.holdResets(switched);
        JsonNode last = bmc.sent(RESET);
        job(r, "power", "obmPower(BMC, credentials: 'standard', power: 'ForceRestart')").scheduleBuild2(0).waitForStart();
        Await.until(() -> bmc.sent(RESET), sent -> sent != last);
    }

    private long polls() {
        return bmc.requests().stream().filter(request -> request.startsWith("GET /redfish/v1/TaskService/Tasks/")).count();
    }

    private void goOn(JenkinsRule r) throws Exception {
        WorkflowRun update = r.jenkins.getItemByFullName("update", WorkflowJob.class).getLastBuild();
        WorkflowRun sync = r.jenkins.getItemByFullName("sync", WorkflowJob.class).getLastBuild();
        WorkflowRun power = r.jenkins.getItemByFullName("power", WorkflowJob.class).getLastBuild();
        r.assertBuildStatus(Result.FAILURE, r.waitForCompletion(power));
        r.assertLogContains("was asked for ForceRestart; whether that was done is not known, and it is not asked for again", power);
        switched.countDown();
        r.waitForMessage("goes on after a restart of Jenkins", update);
        // It needs a new session now, and Nautobot does not say which device this is at once.
        r.waitForMessage("no complete answer within 1 s", update);
        pass(Duration.ofSeconds(50));
        r.waitForMessage("Running", update);
        pass(Duration.ofSeconds(60));
        r.assertBuildStatus(Result.SUCCESS, r.waitForCompletion(update));
        r.assertLogContains("changed [BIOS:1.6.10 -> 2.0.0]", update);
        assertThat(bmc.uploads()).hasSize(2);
        assertThat(bmc.writes()).filteredOn(("POST " + RESET + " 204")::equals).hasSize(3);
        Await.until(bmc::openSessions, open -> open == 0);

        noSecretIn(r);
        // It goes on, or it would not notice.
        SystemCredentialsProvider.getInstance().getCredentials().removeIf(one -> one instanceof IdCredentials id && id.getId().equals("standard"));
        r.waitForMessage("then obmSyncCreds: credentials: \"standard\" is no credential that this build may use", sync);
        Await.until(() -> JenkinsRule.getLog(sync), log -> log.indexOf(LOCKED) != log.lastIndexOf(LOCKED));
        assertThat(locked.lockOuts()).isZero();
        sync.doStop();
        r.assertBuildStatus(Result.ABORTED, r.waitForCompletion(sync));
        assertThat(locked.openSessions()).isZero();
        noSecretIn(r);
    }
}
