package io.jenkins.plugins.understack.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.BooleanParameterDefinition;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.FileParameterDefinition;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.dispatch.Starter;
import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What Jenkins cannot start is said in one line, in the log and in the decision, and nothing else happens. */
@WithJenkins
class JenkinsBuildStarterTest {
    @Test
    void anUnknownJob(JenkinsRule r) throws Exception {
        refused("nowhere", "job", "\"nowhere\" does not exist; expected the full name of a job", null);
    }

    @Test
    void aDisabledJob(JenkinsRule r) throws Exception {
        FreeStyleProject job = job(r);
        job.disable();
        sensor("job", null);

        Events.send("m-1", "{}");

        assertThat(pending()).singleElement().satisfies(start -> {
            assertThat(start.reason()).isEqualTo("job: \"job\" is disabled; enable it");
            assertThat(start.notBefore()).isAfter(start.since());
            assertThat(start.attempts()).isEqualTo(1);
        });
        assertThat(Understack.get().inbox().reader().deadLetterCount()).isZero();
    }

    @Test
    void whileJenkinsIsAboutToShutDownNothingIsQueued(JenkinsRule r) throws Exception {
        job(r);
        sensor("job", null);
        r.jenkins.doQuietDown();

        Events.send("m-1", "{}");

        assertThat(pending()).singleElement().extracting(PendingStart::reason).isEqualTo("Jenkins is about to shut down");
        assertThat(r.jenkins.getQueue().getItems()).isEmpty();
        r.jenkins.doCancelQuietDown();
        Await.until(() -> pending().isEmpty(), settled -> settled);
        assertThat(r.jenkins.getItemByFullName("job", FreeStyleProject.class).getLastBuild()).isNotNull();
    }

    private static List<PendingStart> pending() {
        return Understack.get().inbox().reader().pending("", 10);
    }

    @Test
    void aParameterThatTheJobDoesNotDeclare(JenkinsRule r) throws Exception {
        job(r);

        refused(
                "job",
                "parameters[hostnam]",
                "job \"job\" declares no such parameter; expected one of [force, state, file]",
                Parameter.constant("hostnam", "x"));
    }

    @Test
    void aValueThatTheParameterDoesNotTake(JenkinsRule r) throws Exception {
        job(r);

        refused("job", "parameters[state]", "does not take this value for its ChoiceParameterDefinition", Parameter.constant("state", "off; rm"));
        refused("job", "parameters[file]", "declares it as a FileParameterDefinition", Parameter.constant("file", "x"));
    }

    @Test
    void aParameterThatTheEventDoesNotHave(JenkinsRule r) throws Exception {
        job(r);

        sensor("job", Parameter.of("state", "body.state"));

        Events.send("m-1", "{}");

        assertThat(Understack.get().inbox().reader().deadLetters(null, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.DECISION);
            assertThat(letter.reason()).isEqualTo("[parameters[state]] cannot be evaluated");
        });
        assertThat(pending()).isEmpty();
    }

    @Test
    void valuesTakeTheTypeOfTheParameter(JenkinsRule r) throws Exception {
        FreeStyleProject job = job(r);
        job.removeProperty(ParametersDefinitionProperty.class);
        job.addProperty(new ParametersDefinitionProperty(
                new BooleanParameterDefinition("force", false, null), new ChoiceParameterDefinition("state", new String[] {"on", "off"}, null)));
        sensor("job", Parameter.constant("force", "true"));

        Events.send("m-1", "{}");
        r.waitUntilNoActivity();

        ParametersAction parameters = job.getLastBuild().getAction(ParametersAction.class);
        assertThat(parameters.getParameter("force").getValue()).isEqualTo(true);
        assertThat(parameters.getParameter("state").getValue()).isEqualTo("on");
    }

    private static FreeStyleProject job(JenkinsRule r) throws Exception {
        FreeStyleProject job = r.createFreeStyleProject("job");
        job.addProperty(new ParametersDefinitionProperty(
                new BooleanParameterDefinition("force", false, null),
                new ChoiceParameterDefinition("state", new String[] {"on", "off"}, null),
                new FileParameterDefinition("file", null)));
        return job;
    }

    private static void sensor(String job, Parameter parameter) {
        Understack.get()
                .sensors()
                .put(
                        "test",
                        new Sensor(
                                "the-sensor",
                                new Dependency(Events.SOURCE, Events.EVENT),
                                job,
                                parameter == null ? List.of() : List.of(parameter)).compile());
    }

    private static void refused(String job, String part, String detail, Parameter parameter) throws Exception {
        sensor(job, parameter);
        String id = UUID.randomUUID().toString();
        try (LogRecorder log = new LogRecorder().recordPackage(Starter.class, Level.WARNING).capture(10)) {
            Events.send(id, "{}");

            assertThat(Understack.get().inbox().reader().deadLetters(null, 1)).singleElement().satisfies(letter -> {
                assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.START);
                assertThat(letter.reason()).startsWith(part + ": ").contains(detail);
            });
            // It is logged when it is on disk.
            assertThat(Await.until(log::getMessages, messages -> !messages.isEmpty()))
                    .singleElement()
                    .asString()
                    .contains("by sensor the-sensor for event " + id + " is a dead letter: " + part + ": ")
                    .contains(detail)
                    .doesNotContain("rm");
        }
        assertThat(pending()).isEmpty();
        assertThat(jenkins.model.Jenkins.get().getQueue().getItems()).isEmpty();
    }
}
