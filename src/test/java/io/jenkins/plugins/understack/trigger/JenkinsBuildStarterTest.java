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
import io.jenkins.plugins.understack.console.RecentEvents;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import java.util.List;
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

        refused("job", "job", "\"job\" is disabled; enable it", null);
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

        refused("job", "parameters[state]", "body.state is missing", Parameter.of("state", "body.state"));
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
        try (LogRecorder log = new LogRecorder().record(Dispatcher.class, Level.WARNING).capture(10)) {
            Events.send("m-1", "{}");

            RecentEvents.Entry entry = Understack.get().recentEvents().entries().get(0);
            Decision decision = entry.decisions().get(0);
            assertThat(decision.verdict()).isEqualTo(Verdict.ERROR);
            Reason reason = decision.reasons().get(decision.reasons().size() - 1);
            assertThat(reason.part()).isEqualTo(part);
            assertThat(reason.detail()).contains(detail);
            assertThat(log.getMessages())
                    .singleElement()
                    .asString()
                    .startsWith("sensor \"the-sensor\": " + part + ": ")
                    // What was read of an event is for those who may see the event.
                    .containsAnyOf(detail, "cannot be evaluated; the decision says why")
                    .endsWith("nothing was started for event m-1 (test) from openstack-ironic/openstack")
                    .doesNotContain("rm");
        }
        assertThat(jenkins.model.Jenkins.get().getQueue().getItems()).isEmpty();
    }
}
