package io.jenkins.plugins.understack.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.config.WorkflowJobsConfig;
import io.jenkins.plugins.understack.jobs.WorkflowJobs.Report;
import io.jenkins.plugins.understack.jobs.WorkflowJobs.Settings;
import io.jenkins.plugins.understack.jobs.WorkflowJobs.State;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The jobs of the six workflows: by code, by the form, by the button, and what an administrator has changed. */
@WithJenkins
class WorkflowJobsTest {
    private static final List<String> NAMES = List.of(
            "get-device-nautobot", "get-obm-creds", "get-obm-ip", "nautobot-api", "obm-firmware-update", "obm-sync-creds");
    private static final String CODE =
            """
            unclassified:
              understack:
                workflowJobs:
                  folder: "team/understack"
                  keepBuilds: 7
                eventSources:
                - webhook:
                    name: "hooks"
                    events:
                    - name: "x"
                      path: "x"
                      authentication: "none"
                sensors:
                - name: "boot"
                  source: "hooks"
                  event: "x"
                  job: "team/understack/get-obm-ip"
                  parameters:
                  - name: "hostname"
                    path: "body.name"
            """;
    private static final Settings SETTINGS = new Settings("team/understack", false, 30, 7);

    @TempDir
    private Path temp;

    @Test
    void codeMakesThemOnce(JenkinsRule r) throws Exception {
        load(CODE);

        // Also for a sensor of the same file.
        assertThat(UnderstackConfiguration.get().getSensors()).hasSize(1);
        for (String name : NAMES) {
            WorkflowJob job = job(name);
            assertThat(((CpsFlowDefinition) job.getDefinition()).isSandbox()).isTrue();
            assertThat(((CpsFlowDefinition) job.getDefinition()).getScript()).contains("@Library('understack') _");
            assertThat(job.getDescription()).isNotEmpty();
            assertThat(((LogRotator) job.getBuildDiscarder()).getNumToKeep()).isEqualTo(7);
            assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitions())
                    .isNotEmpty()
                    .allSatisfy(parameter -> assertThat(parameter.getDescription()).isNotEmpty());
        }
        assertThat(job("obm-firmware-update").getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames())
                .containsExactly("hostname", "firmware-url", "sha256");
        // The library is there, and the script is one that the sandbox lets through to the step.
        r.assertLogContains("nautobotQuery: uri: \"\" is refused", r.buildAndAssertStatus(Result.FAILURE, job("nautobot-api")));
        int before = job("get-obm-ip").getConfigFile().asString().hashCode();

        load(CODE);

        assertThat(WorkflowJobs.make(SETTINGS)).extracting(Report::state).containsOnly(State.UNCHANGED);
        assertThat(job("get-obm-ip").getConfigFile().asString().hashCode()).isEqualTo(before);
        r.submit(r.createWebClient().getPage(job("get-obm-ip"), "configure").getFormByName("config"));
        assertThat(WorkflowJobs.make(SETTINGS)).extracting(Report::state).containsOnly(State.UNCHANGED);

        changedByHand(r);
        r.jenkins.reload();
        assertThat(WorkflowJobs.make(SETTINGS)).filteredOn(report -> report.state() == State.KEPT).hasSize(2);
        wrong(r);
    }

    /** What a person has done stays, and it is said; what the plugin has made follows its settings. */
    private void changedByHand(JenkinsRule r) throws Exception {
        job("nautobot-api").setDefinition(new CpsFlowDefinition("echo 'mine'", true));
        job("get-obm-creds").delete();
        ((com.cloudbees.hudson.plugins.folder.Folder) r.jenkins.getItemByFullName("team/understack"))
                .createProject(WorkflowJob.class, "get-obm-creds");
        job("get-device-nautobot").delete();
        job("get-obm-ip").setBuildDiscarder(new LogRotator(30, 9, -1, -1));

        List<Report> reports = WorkflowJobs.make(new Settings("team/understack", false, 30, 9));

        assertThat(reports).extracting(Report::state)
                .containsExactly(State.CREATED, State.KEPT, State.UNCHANGED, State.KEPT, State.UPDATED, State.UPDATED);
        assertThat(reports).extracting(Report::text)
                .contains(
                        "team/understack/get-obm-creds: kept as it is, because it was not made by this plugin. To have it made, delete or rename it first.",
                        "team/understack/nautobot-api: kept as it is, because it was changed by hand: script, retention. To have it made anew, delete or rename it first.",
                        "team/understack/obm-sync-creds: updated: retention");
        assertThat(((CpsFlowDefinition) job("nautobot-api").getDefinition()).getScript()).isEqualTo("echo 'mine'");
        job("get-obm-ip").setBuildDiscarder(new LogRotator(30, 7, -1, -1));
        WorkflowJobs.make(SETTINGS);
    }

    private void wrong(JenkinsRule r) {
        assertThatThrownBy(() -> load(CODE.replace("team/understack\"\n", "team//x\"\n")))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("workflowJobs.folder: \"team//x\" is no name of a folder");
        assertThatThrownBy(() -> load(CODE.replace("keepBuilds: 7", "keepBuilds: 0")))
                .hasStackTraceContaining("workflowJobs.keepBuilds: 0 is too small");
        List<Report> reports = WorkflowJobs.make(new Settings("team/understack/nautobot-api", false, 30, 7));
        assertThat(reports).extracting(Report::state).containsOnly(State.FAILED);
        assertThat(reports.get(0).text()).contains("\"team/understack/nautobot-api\" is there already and cannot hold jobs");
        assertThat(reports.get(0).job()).isEqualTo("team/understack/nautobot-api/get-device-nautobot");
    }

    @Test
    void formExportAndButton(JenkinsRule r) throws Exception {
        WorkflowJobsConfig config = new WorkflowJobsConfig();
        config.setFolder("of-form");
        config.setKubernetes(true);
        config.setKeepDays(3);
        config.setKeepBuilds(4);
        UnderstackConfiguration.get().setWorkflowJobs(config);
        Settings before = UnderstackConfiguration.get().workflowJobSettings();

        r.configRoundtrip();

        assertThat(UnderstackConfiguration.get().workflowJobSettings()).isEqualTo(before);
        assertThat(before).isEqualTo(new Settings("of-form", true, 3, 4));
        assertThat(((CpsFlowDefinition) r.jenkins.getItemByFullName("of-form/obm-sync-creds", WorkflowJob.class).getDefinition()).getScript())
                .contains("understackPod(workflow: 'obm-sync-creds') {\n    obmSyncCreds(params)\n}");
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(export);
        assertThat(export.toString(StandardCharsets.UTF_8)).containsPattern("workflowJobs:\\s+folder: \"of-form\"\\s+keepBuilds: 4\\s+keepDays: 3\\s+kubernetes: true");

        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ, Jenkins.MANAGE, hudson.model.Item.CREATE, hudson.model.Item.CONFIGURE).everywhere().to("manager"));
        assertThat(press(r, "manager", HttpMethod.POST)).startsWith("403");
        assertThat(press(r, "admin", HttpMethod.GET)).startsWith("404");
        assertThat(r.jenkins.getItem("of-button")).isNull();
        assertThat(press(r, "admin", HttpMethod.POST)).startsWith("200").contains("of-button/obm-sync-creds: created");
        assertThat(press(r, "admin", HttpMethod.POST)).contains("of-button/obm-sync-creds: unchanged");
        assertThat(r.jenkins.getItemByFullName("of-button/nautobot-api")).isInstanceOf(WorkflowJob.class);
        assertThat(r.createWebClient().login("admin").goTo("configure").asXml()).contains("Create workflow jobs");
    }

    private static String press(JenkinsRule r, String user, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = r.createWebClient().withThrowExceptionOnFailingStatusCode(false).login(user);
        WebRequest request = new WebRequest(
                client.createCrumbedUrl("descriptorByName/" + WorkflowJobsConfig.class.getName() + "/create"), method);
        request.setRequestParameters(List.of(
                new NameValuePair("folder", "of-button"),
                new NameValuePair("kubernetes", "false"),
                new NameValuePair("keepDays", "30"),
                new NameValuePair("keepBuilds", "200")));
        var answer = client.getPage(request).getWebResponse();
        return answer.getStatusCode() + " " + answer.getContentAsString();
    }

    private static WorkflowJob job(String name) {
        return Jenkins.get().getItemByFullName("team/understack/" + name, WorkflowJob.class);
    }

    private void load(String yaml) throws Exception {
        Path file = Files.writeString(temp.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }
}
