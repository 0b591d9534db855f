package io.jenkins.plugins.understack.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.FilePath;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.model.TaskListener;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.config.NautobotConfig;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.ObmRuleConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.update.TestImages;
import io.jenkins.plugins.understack.credentials.JenkinsCredentialProvider;
import io.jenkins.plugins.understack.jobs.WorkflowJobs;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import io.jenkins.plugins.understack.workbench.simulator.NautobotSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;
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
                    "no device has the name \"nobody\"",
                    build(r, "@Library('understack') _\ngetDeviceNautobot(hostname: 'nobody')", Result.FAILURE));
            r.assertLogContains(
                    "hostname: is missing",
                    build(r, "@Library('understack') _\ngetDeviceNautobot()", Result.FAILURE));
            assertThat(nautobot.requests()).first().isEqualTo("GET /api/dcim/devices/?name=server+1%26x");
            jobs(r, nautobot);
        }
    }

    /** The jobs that the plugin makes, with a BMC that has its factory password. */
    private static void jobs(JenkinsRule r, NautobotSimulator nautobot) throws Exception {
        try (BmcSimulator bmc = BmcSimulator.start(BmcKind.IDRAC)) {
            bmc.change(bmc.system(), Json.OWN.createObjectNode().put("PowerState", "On"));
            nautobot.device("server-2", Map.of());
            nautobot.address("server-2", "iDRAC", bmc.url());
            SystemCredentialsProvider.getInstance().getCredentials().add(new UsernamePasswordCredentialsImpl(
                    CredentialsScope.GLOBAL, "obm-server-2", null, "root", "standard-Passw0rd"));
            ObmConfig obm = new ObmConfig();
            obm.setProviders(List.of(new ObmRuleConfig(new JenkinsCredentialProvider("obm-{name}"))));
            UnderstackConfiguration.get().setObm(obm);
            WorkflowJobs.make(new WorkflowJobs.Settings("", false, 30, 10));

            assertThat(run(r, "get-obm-ip", Map.of("hostname", "server-2")).getDescription()).isEqualTo(bmc.url());
            assertThat(run(r, "get-obm-creds", Map.of("hostname", "server-2")).getDescription()).isNotEmpty();
            String id = nautobot.deviceId("server-2");
            assertThat(run(r, "get-device-nautobot", Map.of("device_id", id)).getDescription()).isEqualTo("server-2 " + id);
            r.assertLogContains("\"count\": 1", run(r, "nautobot-api", Map.of("uri", "/dcim/devices/?name=server-2")));

            run(r, "obm-sync-creds", Map.of("hostname", "server-2", "network-boot", "NIC.Slot.1-1"));

            assertThat(bmc.accepts("root", "standard-Passw0rd")).isTrue();
            assertThat(bmc.openSessions()).isZero();
            assertThat(bmc.writes().stream().filter(write -> write.startsWith("PATCH")).map(write -> write.replaceAll(".*/(?=[A-Z])", "")))
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("Settings");
            firmware(r, bmc);
        }
    }

    private static void firmware(JenkinsRule r, BmcSimulator bmc) throws Exception {
        bmc.installs("BIOS", "2.0.0", Duration.ZERO);
        Path file = Files.write(r.jenkins.getRootDir().toPath().resolve("bios.exe"), new byte[100_000]);
        try (TestImages images = new TestImages(file)) {
            Map<String, String> inputs =
                    Map.of("hostname", "server-2", "firmware-url", images.url("/bios.exe"), "sha256", images.sha256());
            WorkflowRun wrong = run(r, "obm-firmware-update", with(inputs, "sha256", "0".repeat(64)), Result.FAILURE);
            r.assertLogContains("has SHA-256 " + images.sha256() + ", expected 000", wrong);
            // What Argo's workflow called complete.
            WorkflowRun missing = run(r, "obm-firmware-update", with(inputs, "firmware-url", images.url("/none")), Result.FAILURE);
            r.assertLogContains("cannot be had: status 404; nothing was uploaded", missing);
            assertThat(bmc.uploads()).isEmpty();

            r.assertLogContains("has ended: {BIOS=1.6.10 -> 2.0.0}", run(r, "obm-firmware-update", inputs));
            assertThat(bmc.uploads()).singleElement().satisfies(upload -> assertThat(upload.sha256()).isEqualTo(images.sha256()));
            assertThat(bmc.document("/redfish/v1/UpdateService/FirmwareInventory/BIOS").path("Version").asText()).isEqualTo("2.0.0");
            Await.until(bmc::openSessions, open -> open == 0);
        }
    }

    private static Map<String, String> with(Map<String, String> inputs, String name, String value) {
        Map<String, String> changed = new TreeMap<>(inputs);
        changed.put(name, value);
        return changed;
    }

    private static WorkflowRun run(JenkinsRule r, String job, Map<String, String> parameters) throws Exception {
        return run(r, job, parameters, Result.SUCCESS);
    }

    private static WorkflowRun run(JenkinsRule r, String job, Map<String, String> parameters, Result expected) throws Exception {
        List<ParameterValue> values = new ArrayList<>();
        parameters.forEach((name, value) -> values.add(new StringParameterValue(name, value)));
        return r.assertBuildStatus(
                expected, r.jenkins.getItemByFullName(job, WorkflowJob.class).scheduleBuild2(0, new ParametersAction(values)));
    }

    @Test
    void declarativeToo(JenkinsRule r) throws Exception {
        r.assertLogContains(
                "hostname: is missing",
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

    /** A var of the site goes before ours, also where another workflow of ours calls it; and a var hides the step of its name. */
    @Test
    void aSiteHasItsOwnImplementations(JenkinsRule r) throws Exception {
        Map<String, String> vars = Map.of(
                "getObmIp", "def call(Map inputs) { return 'ip of ' + inputs.hostname }",
                "getObmCreds", "def call(Map inputs) { echo 'asked for ' + inputs.hostname; return 'of the site' }",
                "podTemplate", "def call(Map a, Closure body) { echo a.yaml; withEnv(['POD_LABEL=built-in']) { body() } }");
        site(vars, true);

        for (String workflow : List.of("obmSyncCreds(hostname: 'h1')", "obmFirmwareUpdate(hostname: 'h1', url: 'http://127.0.0.1:1/')")) {
            r.assertLogContains("asked for h1", build(r, "@Library('understack') _\n" + workflow, Result.FAILURE));
        }
        WorkflowRun pod = build(
                r,
                """
                @Library('understack') _
                understackPod(workflow: 'get-obm-ip', image: 'agent:1') { echo "in a pod: ${getObmCreds(hostname: 'h2')}" }
                understackPod(workflow: 'obm-sync-creds', memory: '2Gi', serviceAccount: 'mine') { }
                understackPod(workflow: 'obm-sync-creds') { }
                """,
                Result.SUCCESS);
        r.assertLogContains("in a pod: of the site", pod);
        r.assertLogContains("  - name: jnlp\n    image: 'agent:1'\n    resources:\n      limits:\n        cpu: '1'\n        memory: '512Mi'", pod);
        for (String account : List.of("workflow-nautobot", "mine", "workflow-obm")) {
            r.assertLogContains("serviceAccountName: '" + account + "'", pod);
        }
        r.assertLogContains("memory: '2Gi'", pod);

        site(vars, false);
        r.assertLogContains("asked for h3", build(r, "@Library(['understack', 'site']) _\nobmSyncCreds(hostname: 'h3')", Result.FAILURE));
        jobsCallWhatTheSiteHas(r);
    }

    /** No job that the plugin has made needs to be edited for it. */
    private static void jobsCallWhatTheSiteHas(JenkinsRule r) throws Exception {
        site(
                Map.of(
                        "getObmCreds", "def call(Map inputs) { return 'of the site for ' + inputs.hostname }",
                        "understackPod", "def call(Map settings, Closure body) { echo 'pod of the site for ' + settings.workflow; body() }"),
                true);
        WorkflowJobs.make(new WorkflowJobs.Settings("", true, 30, 10));
        WorkflowRun run = run(r, "get-obm-creds", Map.of("hostname", "h4"));
        r.assertLogContains("pod of the site for get-obm-creds", run);
        assertThat(run.getDescription()).isEqualTo("of the site for h4");
    }

    private static void site(Map<String, String> vars, boolean implicit) {
        LibraryConfiguration site = new LibraryConfiguration("site", new SiteRetriever(vars));
        site.setDefaultVersion("1");
        site.setImplicit(implicit);
        GlobalLibraries.get().setLibraries(List.of(site));
    }

    /** Writes files into {@code vars}. */
    public static final class SiteRetriever extends LibraryRetriever {
        private final Map<String, String> vars;

        SiteRetriever(Map<String, String> vars) {
            this.vars = new TreeMap<>(vars);
        }

        @Override
        public void retrieve(String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
                throws IOException, InterruptedException {
            for (Map.Entry<String, String> file : vars.entrySet()) {
                target.child("vars/" + file.getKey() + ".groovy").write(file.getValue(), "UTF-8");
            }
        }

        @Override
        public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
                throws IOException, InterruptedException {
            retrieve(name, version, false, target, run, listener);
        }
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
