package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Event EVENT =
            new Event("id", "source", "event", "amqp", "type", Instant.EPOCH, JsonNodeFactory.instance.objectNode());

    private final SensorIndex index = new SensorIndex();
    private final List<String> started = new ArrayList<>();
    private final List<Decision> decided = new ArrayList<>();

    @Test
    void startsEveryMatchAndTellsEveryDecision() throws Exception {
        sensor("one", "event");
        sensor("two", "event");
        sensor("other", "another");

        TestSink.send(dispatcher(this::started), EVENT);

        assertThat(started).containsExactlyInAnyOrder("one", "two");
        assertThat(decided).extracting(Decision::verdict).containsExactly(Verdict.MATCH, Verdict.MATCH);
    }

    @Test
    void aRefusedStartIsAnErrorOfThatSensorAlone() throws Exception {
        sensor("one", "event");
        sensor("two", "event");

        dispatcher((event, sensor, start) -> {
                    if (sensor.equals("one")) {
                        throw new StartRefusedException("job", "\"job\" does not exist");
                    }
                    return started(event, sensor, start);
                })
                .accept(EVENT)
                .join();

        assertThat(started).containsExactly("two");
        Decision refused =
                decided.stream().filter(d -> d.sensor().equals("one")).findFirst().orElseThrow();
        assertThat(refused.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(refused.reasons().get(0).part()).isEqualTo("job");
        assertThat(refused.toJson().has("start")).isFalse();
    }

    @Test
    void aMistakeInOneStartKeepsNobodyFromTheirs() throws Exception {
        sensor("one", "event");
        sensor("two", "event");
        sensor("three", "event");

        dispatcher((event, sensor, start) -> {
                    if (sensor.equals("two")) {
                        throw new IllegalStateException("a bug");
                    }
                    return started(event, sensor, start);
                })
                .accept(EVENT)
                .join();

        assertThat(started).containsExactlyInAnyOrder("one", "three");
        assertThat(decided).extracting(Decision::verdict).containsOnlyOnce(Verdict.ERROR);
    }

    @Test
    void aStartThatWasNotNeededIsNoMatch() throws Exception {
        sensor("one", "event");

        dispatcher((event, sensor, start) -> new Reason("start", Outcome.REJECT, "waits already"))
                .accept(EVENT)
                .join();

        assertThat(decided.get(0).verdict()).isEqualTo(Verdict.NO_MATCH);
    }

    @Test
    void whatCannotBeStartedNowIsNotAccepted() {
        sensor("one", "event");

        Dispatcher refusing = dispatcher((event, sensor, start) -> {
            throw new EventNotAcceptedException("Jenkins is shutting down");
        });
        assertThatThrownBy(() -> TestSink.send(refusing, EVENT))
                .isInstanceOf(EventNotAcceptedException.class);
        assertThat(decided).isEmpty();
    }

    @Test
    void sensorsMustDependOnWhatExists() {
        Sensor sensor = new Sensor("s", new Dependency("nowhere", "event"), "job", List.of());

        assertThatThrownBy(() -> new Configuration(List.of(), List.of(sensor), null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("sensors[0].source: sensor \"s\" depends on event source \"nowhere\", which does not exist");
    }

    private Reason started(Event event, String sensor, Start start) {
        started.add(sensor);
        return new Reason("start", Outcome.PASS, "started");
    }

    private void sensor(String name, String event) {
        index.put(
                name,
                new Sensor(name, new Dependency("source", event), "job", List.of()).compile());
    }

    private Dispatcher dispatcher(BuildStarter starter) {
        return new Dispatcher(index, new Correlator(new MemoryStateStore()), starter, (event, decisions) -> decided.addAll(decisions));
    }
}
