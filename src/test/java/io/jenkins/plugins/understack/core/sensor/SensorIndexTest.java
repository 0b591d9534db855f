package io.jenkins.plugins.understack.core.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SensorIndexTest {
    private final SensorIndex index = new SensorIndex();

    @Test
    void findsByDependencyOnly() {
        SensorProgram one = program("a");
        index.put("1", one);
        index.put("2", program("b"));

        assertThat(index.find(new Origin("source", "a"))).containsExactly(one);
        assertThat(index.find(new Origin("source", "c"))).isEmpty();
    }

    @Test
    void replacingMovesToTheNewDependency() {
        index.put("1", program("a"));
        SensorProgram replacement = program("b");
        index.put("1", replacement);

        assertThat(index.find(new Origin("source", "a"))).isEmpty();
        assertThat(index.find(new Origin("source", "b"))).containsExactly(replacement);
    }

    @Test
    void aRetiredSensorThatWasReplacedStays() {
        SensorProgram old = program("a");
        index.put("1", old);
        SensorProgram replacement = program("a");
        index.put("1", replacement);
        index.remove("1", old);

        assertThat(index.all()).containsExactly(replacement);
        index.remove("1", replacement);
        assertThat(index.all()).isEmpty();
        index.remove("1");
    }

    private static SensorProgram program(String event) {
        return new Sensor("s", new Dependency("source", event), "job", List.of()).compile();
    }
}
