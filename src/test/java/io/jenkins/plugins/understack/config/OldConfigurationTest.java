package io.jenkins.plugins.understack.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.Events;
import io.jenkins.plugins.understack.core.sensor.Comparator;
import io.jenkins.plugins.understack.core.sensor.DataFilter;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Parameter;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The XML that the first release saved, which knew fewer fields. */
@WithJenkins
class OldConfigurationTest {
    private static final Path XML = Path.of("src/test/resources/io/jenkins/plugins/understack/config/first-release.xml");

    @Test
    void meansWhatItMeant(JenkinsRule r) throws Exception {
        Files.copy(XML, r.jenkins.getRootDir().toPath().resolve(UnderstackConfiguration.class.getName() + ".xml"));

        UnderstackConfiguration old = new UnderstackConfiguration();

        assertThat(old.toCore().sensors())
                .containsExactly(
                        new Sensor(
                                "full",
                                new Dependency(
                                        null,
                                        new Origin("hooks", "alerts"),
                                        ".body",
                                        null,
                                        List.of(
                                                new DataFilter("state", Comparator.EQUALS, List.of("active")),
                                                new DataFilter("state", Comparator.IN, List.of("active", "error"))),
                                        null,
                                        null),
                                "job",
                                List.of(
                                        Parameter.of("path", "name"),
                                        new Parameter("constant", null, null, "x", null, null, true),
                                        new Parameter("both", "name", null, null, "x", "x", true))),
                        new Sensor("bare", new Dependency("hooks", "alerts"), "job", List.of()));
        assertThat(old.getSensors()).allMatch(SensorConfig::isEnabled);
        SensorConfig bare = old.getSensors().get(1);
        assertThat(List.of(bare.getFilters(), bare.getDependencies(), bare.getConditionsReset(), bare.getParameters()))
                .containsOnly(List.of());
    }

    @Test
    void formsSaveItAnew(JenkinsRule r) throws Exception {
        Files.copy(XML, r.jenkins.getRootDir().toPath().resolve(UnderstackConfiguration.class.getName() + ".xml"));
        UnderstackConfiguration old = new UnderstackConfiguration();
        List<Sensor> sensors = old.toCore().sensors();
        Events.job("job", "path", "constant", "both");
        UnderstackConfiguration now = UnderstackConfiguration.get();
        now.setEventSources(old.getEventSources());
        now.setSensors(old.getSensors());

        r.configRoundtrip();

        assertThat(now.toCore().sensors()).isEqualTo(sensors);
        assertThat(new UnderstackConfiguration().toCore().sensors()).isEqualTo(sensors);
    }
}
