package io.jenkins.plugins.understack.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.ChoiceParameterDefinition;
import hudson.model.FileParameterDefinition;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.RunParameterDefinition;
import hudson.model.StringParameterDefinition;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.console.UnderstackConsole;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A sensor whose job cannot be started is refused when it is saved; what happens to the job later turns it red. */
class JobCheckTest {
    private static final String SENSOR =
            """
            unclassified:
              understack:
                eventSources:
                - webhook:
                    name: "hooks"
                    events:
                    - name: "alerts"
                      path: "alerts"
                      authentication: "none"
                sensors:
                - name: "sensor"
                  source: "hooks"
                  event: "alerts"
                  job: "folder/job"
                  parameters:
                  - name: "p"
                    path: "body.p"
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path temp;

    @AfterEach
    void clear() {
        System.clearProperty("casc.jenkins.config");
    }

    @Test
    void codeIsRefusedWithFieldAndReason() throws Throwable {
        sessions.then(r -> {
            refused("sensors[0].job: \"folder/job\" does not exist; expected the full name of a job, such as folder/job");
            FreeStyleProject job = Events.job("folder/job", "q");
            refused("sensors[0].parameters[p]: job \"folder/job\" declares no such parameter; expected one of [q]");
            job.removeProperty(ParametersDefinitionProperty.class);
            refused("sensors[0].parameters[p]: job \"folder/job\" declares no such parameter; expected one of []");
            job.addProperty(new ParametersDefinitionProperty(new FileParameterDefinition("p", null)));
            refused("sensors[0].parameters[p]: job \"folder/job\" declares it as a FileParameterDefinition, which cannot be given as text");
            job.delete();
            job = Events.job("folder/job", "p");
            var parameters = job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitions();
            job.removeProperty(ParametersDefinitionProperty.class);
            job.addProperty(new ParametersDefinitionProperty(parameters.get(0), new ChoiceParameterDefinition("choice", new String[0], null)));
            refused("sensors[0].parameters: job \"folder/job\" needs parameter \"choice\", which has no default; expected an entry for it");
            assertThat(Understack.get().configuration().sensors()).isEmpty();

            job.delete();
            Events.job("folder/job", "p", "other");
            load(SENSOR);
            assertThat(problem()).isNull();
        });
    }

    /** The build starts without them. */
    @Test
    void aFileOrARunIsNotNeeded() throws Throwable {
        sessions.then(r -> {
            FreeStyleProject job = Events.job("folder/job");
            job.removeProperty(ParametersDefinitionProperty.class);
            job.addProperty(new ParametersDefinitionProperty(
                    new StringParameterDefinition("p", null),
                    new FileParameterDefinition("file", null),
                    new RunParameterDefinition("run", "folder/job", null, null)));

            load(SENSOR);

            assertThat(problem()).isNull();
            Understack.get().dispatcher().accept(new Event("1", "hooks", "alerts", "webhook", "t", Instant.now(), Json.parse("{\"body\": {\"p\": \"x\"}}"))).join();
            Events.awaitBuilds(r);
            assertThat(job.getLastBuild().getAction(ParametersAction.class).getParameters()).extracting(ParameterValue::getName).containsExactly("p");
        });
    }

    @Test
    void aPipelineThatNeverRanMayDeclareItsParametersLater() throws Throwable {
        sessions.then(r -> {
            r.createFolder("folder");
            WorkflowJob job = r.jenkins.getItemByFullName("folder", org.jvnet.hudson.test.MockFolder.class)
                    .createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("properties([parameters([string(name: 'renamed', defaultValue: '')])])", true));
            load(SENSOR);
            assertThat(problem()).isNull();

            r.buildAndAssertSuccess(job);
            assertThat(problem()).isEqualTo("parameters[p]: job \"folder/job\" declares no such parameter; expected one of [renamed]");
        });
    }

    @Test
    void whatHappensToTheJobLaterTurnsTheSensorRedAndRefusesNothing() throws Throwable {
        sessions.then(r -> {
            FreeStyleProject job = Events.job("folder/job", "p");
            load(SENSOR);
            job.disable();
            assertThat(problem()).isEqualTo("job: \"folder/job\" is disabled; enable it");
            job.enable();
            assertThat(problem()).isNull();
            job.renameTo("renamed");
            assertThat(problem()).startsWith("job: \"folder/job\" does not exist");
            HtmlPage page = r.createWebClient().goTo("manage/understack-events/");
            assertThat(((org.htmlunit.html.HtmlElement) page.querySelector("td.jenkins-\\!-error-color")).asNormalizedText())
                    .startsWith("job: \"folder/job\" does not exist");

            // Somebody saves another part of the page, or the same file again.
            assertThatCode(r::configRoundtrip).doesNotThrowAnyException();
            load(SENSOR);
            assertThat(Understack.get().configuration().sensors()).hasSize(1);

            // Whoever touches the sensor has to put it right.
            HtmlForm form = form(r);
            form.getInputByValue("body.p").setValue("body.q");
            assertThat(r.submit(form).getWebResponse().getContentAsString())
                    .contains("UnderStack: sensors[0].job: ", "does not exist; expected the full name of a job");
            assertThat(UnderstackConfiguration.get().getSensors().get(0).getParameters().get(0).getPath()).isEqualTo("body.p");
            form = form(r);
            form.getInputByValue("folder/job").setValue("folder/renamed");
            r.submit(form);
            assertThat(problem()).isNull();
        });
    }

    @Test
    void whileJenkinsStartsNothingIsRefused() throws Throwable {
        System.setProperty("casc.jenkins.config", Files.writeString(temp.resolve("jenkins.yaml"), SENSOR).toString());
        sessions.then(r -> {
            assertThat(problem()).startsWith("job: \"folder/job\" does not exist");
            Events.job("folder/job", "p");
            assertThat(problem()).isNull();
        });
        // And when the job is there, but is loaded after the configuration.
        sessions.then(r -> assertThat(problem()).isNull());
    }

    @Test
    void theFormSaysItWhileItIsFilled() throws Throwable {
        sessions.then(r -> {
            FreeStyleProject job = Events.job("folder/job", "p");
            load(SENSOR);
            FormChecks checks = FormChecks.central();
            assertThat(checks.job("folder/job").kind).isEqualTo(FormValidation.Kind.OK);
            says(checks.job(" "), FormValidation.Kind.ERROR, "is empty");
            says(checks.job("folder/jobb"), FormValidation.Kind.ERROR, "&quot;folder/jobb&quot; does not exist");
            job.disable();
            says(checks.job("folder/job"), FormValidation.Kind.WARNING, "is disabled");
            says(checks.source("hook"), FormValidation.Kind.WARNING, "expected one of [hooks]");
            says(checks.event("hooks", "alert"), FormValidation.Kind.WARNING, "has no event &quot;alert&quot;; expected one of [alerts]");
            assertThat(checks.event("new", "alert").kind).isEqualTo(FormValidation.Kind.OK);
            says(checks.jq(".a |"), FormValidation.Kind.ERROR, "is no jq program");
            says(checks.path("a..b"), FormValidation.Kind.ERROR, "");
            assertThat(checks.limit(" 7 ").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(checks.limit("").kind).isEqualTo(FormValidation.Kind.OK);
            says(checks.limit("0"), FormValidation.Kind.ERROR, "0 is too small; expected at least 1");
            says(checks.limit("many"), FormValidation.Kind.ERROR, "is no whole number");
            assertThat(checks.secretFields("body.a\n\nbody.b\n").kind).isEqualTo(FormValidation.Kind.OK);
            says(checks.secretFields("body.a\nbody.*"), FormValidation.Kind.ERROR, "is no plain path");
            assertThat(FormChecks.parameter(null, "folder/job", "p").kind).isEqualTo(FormValidation.Kind.OK);
            says(FormChecks.parameter(null, "folder/job", "q"), FormValidation.Kind.WARNING, "declares no parameter &quot;q&quot;; expected one of [p]");
            says(FormChecks.parameter(job, null, "q"), FormValidation.Kind.WARNING, "declares no parameter");
            // The form of one job tells nothing of another.
            FreeStyleProject other = r.createFreeStyleProject("other");
            says(FormChecks.parameter(other, "folder/job", "p"), FormValidation.Kind.WARNING, "job &quot;other&quot;");
        });
    }

    @Test
    void aSensorThatIsSwitchedOffNeedsNoJobYet() throws Throwable {
        sessions.then(r -> {
            load(SENSOR.replace("job: \"folder/job\"", "job: \"folder/job\"\n      enabled: false"));
            assertThat(problem()).isNull();
            assertThat(r.createWebClient().goTo("manage/understack-events/").asNormalizedText()).contains("switched off");
            refused("sensors[0].job: \"folder/job\" does not exist");
        });
    }

    @Test
    void theFormAnswersOnlyThoseWhoMaySaveIt() throws Throwable {
        sessions.then(r -> {
            Events.job("secret");
            FreeStyleProject own = Events.job("own");
            r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
            r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                    .grant(Jenkins.READ).everywhere().to("author")
                    .grant(Item.READ, Item.CONFIGURE).onItems(own).to("author"));
            String sensor = "descriptorByName/io.jenkins.plugins.understack.config.SensorConfig/";
            String parameter = "descriptorByName/io.jenkins.plugins.understack.config.ParameterConfig/";
            String trigger = "descriptorByName/io.jenkins.plugins.understack.trigger.EventTrigger/";

            assertThat(check(r, "admin", sensor + "checkJob?value=wrong")).contains("does not exist");
            // Neither says whether a job exists that the author may not see.
            assertThat(check(r, "author", sensor + "checkJob?value=wrong")).doesNotContain("does not exist");
            assertThat(check(r, "author", "job/own/" + sensor + "checkJob?value=wrong")).doesNotContain("does not exist");
            assertThat(check(r, "author", "job/own/" + parameter + "checkName?job=secret&value=p"))
                    .contains("&quot;own&quot;")
                    .doesNotContain("secret");
            assertThat(check(r, "author", parameter + "checkName?job=secret&value=p")).doesNotContain("declares");
            assertThat(check(r, "author", "job/own/" + trigger + "checkWhere?value=.a%20|")).contains("is no jq program");
            assertThat(check(r, "author", trigger + "checkWhere?value=.a%20|")).doesNotContain("is no jq program");
            assertThat(r.createWebClient().withThrowExceptionOnFailingStatusCode(false).login("admin")
                            .goTo(sensor + "checkJob?value=wrong", null).getWebResponse().getStatusCode())
                    .isIn(404, 405);
        });
    }

    private static String check(JenkinsRule r, String user, String path) throws Exception {
        JenkinsRule.WebClient client = r.createWebClient().login(user);
        WebRequest request = new WebRequest(new URL(r.getURL(), path), HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    private static void says(FormValidation validation, FormValidation.Kind kind, String words) {
        assertThat(validation.kind).isEqualTo(kind);
        assertThat(validation.getMessage()).contains(words);
    }

    private static HtmlForm form(JenkinsRule r) throws Exception {
        return r.createWebClient().withThrowExceptionOnFailingStatusCode(false).goTo("configure").getFormByName("config");
    }

    private static String problem() {
        return Jenkins.get()
                .getExtensionList(UnderstackConsole.class)
                .get(0)
                .getSensors()
                .get(0)
                .getProblem();
    }

    private void refused(String words) {
        assertThatThrownBy(() -> load(SENSOR)).isInstanceOf(ConfiguratorException.class).satisfies(e -> {
            StringBuilder all = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                all.append(t.getMessage()).append('\n');
            }
            assertThat(all.toString()).contains(words);
        });
    }

    private void load(String yaml) throws Exception {
        ConfigurationAsCode.get().configure(Files.writeString(temp.resolve("loaded.yaml"), yaml).toString());
    }
}
