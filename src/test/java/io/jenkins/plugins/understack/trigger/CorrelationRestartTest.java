package io.jenkins.plugins.understack.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class CorrelationRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void theFirstHalfSurvivesARestart() throws Throwable {
        sessions.then(r -> {
            FreeStyleProject job = r.createFreeStyleProject("pair");
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("one"), new StringParameterDefinition("two")));
            sensor();
            Events.send("m-1", "{\"one\": \"x\", \"node\": \"n\"}");
            assertThat(r.jenkins.getQueue().isEmpty()).isTrue();
        });
        sessions.then(r -> {
            sensor();
            Events.send("m-2", "{\"two\": \"y\", \"node\": \"other\"}");
            Events.send("m-3", "{\"two\": \"z\", \"node\": \"n\"}");
            r.waitUntilNoActivity();
            FreeStyleProject job = r.jenkins.getItemByFullName("pair", FreeStyleProject.class);
            assertThat(job.getBuilds()).hasSize(1);
            assertThat(EventCause.of(job.getLastBuild()).getEventId()).isEqualTo("m-3");
            ParametersAction parameters = job.getLastBuild().getAction(ParametersAction.class);
            assertThat(parameters.getParameter("one").getValue()).isEqualTo("x");
            assertThat(parameters.getParameter("two").getValue()).isEqualTo("z");
        });
    }

    private static void sensor() {
        Origin origin = new Origin(Events.SOURCE, Events.EVENT);
        Sensor sensor = new Sensor(
                "pair",
                true,
                List.of(
                        new Dependency("a", origin, null, ".one != null", List.of(), ".node", null),
                        new Dependency("b", origin, null, ".two != null", List.of(), ".node", null)),
                new Correlation(null, Duration.ofMinutes(10), List.of()),
                null,
                "pair",
                List.of(Parameter.of("one", "a.one"), Parameter.of("two", "b.two")),
                null,
                null);
        Understack.get().sensors().put("test", sensor.compile());
    }
}
