package io.jenkins.plugins.understack.core.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import io.jenkins.plugins.understack.core.sensor.correlation.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions in jq, parameters, keys, and one start for each item. */
class StartProgramTest {
    private static final String ALERTS =
            """
            {"body": {"group": "g", "alerts": [
              {"status": "firing", "host": "a"}, {"status": "resolved", "host": "b"}, {"status": "firing", "host": "c"}]}}
            """;

    @ParameterizedTest
    @CsvSource({
        ".a == 1, MATCH",
        ".a == 2, NO_MATCH",
        ".a, ERROR",
        "null, ERROR",
        ".a.b, ERROR",
        "empty, ERROR",
    })
    void whereSaysTrueOrFalse(String where, Verdict expected) {
        Decision decision = Strict.decide(Strict.where(where), "{\"a\": 1}");

        assertThat(decision.verdict()).as(decision.toString()).isEqualTo(expected);
        assertThat(decision.reasons().get(0).part()).isEqualTo("where");
    }

    @ParameterizedTest
    @CsvSource({"true, where: is always true", "false, where: is always false", "., -", "{, where: is no jq program"})
    void whereThatSaysNothingIsRefused(String where, String message) {
        if (message.equals("-")) {
            assertThat(Strict.where(where).compile()).isNotNull();
        } else {
            assertThatThrownBy(() -> Strict.where(where).compile()).hasMessageStartingWith(message);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // jq of the parameter, default, nullAs, required, value or verdict
        ".a, -, -, true, x",
        ".missing, -, -, true, ERROR",
        ".missing, -, n, true, n",
        ".missing, -, -, false, LEFT_OUT",
        "empty, d, -, true, d",
        "empty, -, n, true, ERROR",
        "empty, -, -, false, LEFT_OUT",
        ".list[], -, -, true, ERROR",
        ".list, -, -, true, '[1,2]'",
        "error, -, -, false, ERROR",
    })
    void parametersOfJq(String jq, String otherwise, String nullAs, boolean required, String expected) {
        Parameter parameter = new Parameter("p", null, jq, null, otherwise, nullAs, required);

        Decision decision = Strict.decide(Strict.parameters(parameter), "{\"a\": \"x\", \"list\": [1, 2]}");

        if (expected.equals("ERROR")) {
            assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.ERROR);
        } else {
            assertThat(decision.starts().get(0).parameters())
                    .isEqualTo(expected.equals("LEFT_OUT") ? Map.of() : Map.of("p", expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"{}, d", "{\"v\": null}, n", "{\"v\": 0}, 0"})
    void missingIsNotNull(String data, String expected) {
        Parameter parameter = new Parameter("p", "v", null, null, "d", "n", true);

        assertThat(Strict.decide(Strict.parameters(parameter), data).starts().get(0).parameters()).containsEntry("p", expected);
    }

    @Test
    void parametersHaveOneSource() {
        assertThatThrownBy(() -> new Parameter("p", "a", ".a", null, null, null, true))
                .hasMessage("value: is not the only source; expected one of path, jq and value");
        assertThatThrownBy(() -> new Parameter("p", null, null, "x", "y", null, true))
                .hasMessageStartingWith("default: is never used, because value is always there");
    }

    @Test
    void eachItemIsOneStart() {
        Sensor sensor = Strict.starts(
                ".body.alerts[] | select(.status == \"firing\")",
                new StartRules(".item.host", null, null, null, null, null, false),
                Parameter.of("host", "item.host"),
                Parameter.of("group", "body.group"));

        Decision decision = Strict.decide(sensor, ALERTS);

        assertThat(decision.verdict()).isEqualTo(Verdict.MATCH);
        assertThat(decision.starts())
                .extracting(Start::parameters)
                .containsExactly(Map.of("host", "a", "group", "g"), Map.of("host", "c", "group", "g"));
        assertThat(decision.starts()).extracting(Start::item).containsExactly(0, 1);
        assertThat(decision.starts()).extracting(start -> start.keys().serialize()).containsExactly("a", "c");
        assertThat(decision.toJson().path("starts")).hasSize(2);
        assertThat(decision.toJson().path("start")).isEqualTo(decision.toJson().path("starts").get(0));
    }

    @Test
    void noItemIsNoMatch() {
        Decision decision = Strict.decide(Strict.starts(".body.alerts[] | select(.status == \"x\")", null), ALERTS);

        assertThat(decision.verdict()).isEqualTo(Verdict.NO_MATCH);
        assertThat(decision.reasons().get(0).part()).isEqualTo("forEach");
    }

    @Test
    void oneItemThatLacksAParameterKeepsAllBack() {
        Decision decision = Strict.decide(
                Strict.starts(".body.alerts[]", null, new Parameter("p", null, ".item.host | select(. != \"b\")", null, null, null, true)), ALERTS);

        assertThat(decision.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(decision.starts()).isEmpty();
        assertThat(decision.reasons())
                .filteredOn(reason -> reason.outcome() == Decision.Outcome.ERROR)
                .singleElement()
                .extracting(Decision.Reason::part)
                .isEqualTo("item[1].parameters[p]");
    }

    @Test
    void tooManyItemsAreAnError() {
        Decision decision = Strict.decide(Strict.starts("range(501)", null), "{}");

        assertThat(decision.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(Strict.decide(Strict.starts("range(500)", null), "{}").starts()).hasSize(500);
    }

    /** By a clock on which every look takes a second. */
    @Test
    void theItemsOfOneEventHaveALimitTogether() throws Exception {
        AtomicLong seconds = new AtomicLong();
        Sensor sensor = Strict.starts("range(5)", null);
        StartProgram program = new StartProgram(sensor, () -> Duration.ofSeconds(seconds.incrementAndGet()).toNanos());
        Event event = Strict.event("{}");
        List<Decision.Reason> reasons = new ArrayList<>();

        List<Start> starts = program.starts(
                new Evaluation(event, Waiting.NOTHING), Map.of("", new Admitted(event, event.data())), event.data(), reasons);

        assertThat(starts).isNull();
        assertThat(reasons.get(reasons.size() - 1))
                .isEqualTo(new Decision.Reason(
                        "forEach",
                        Decision.Outcome.ERROR,
                        "took longer than 2s for 2 of 5 items; expected fewer items, or paths in place of jq"));
    }

    @Test
    void eachItemSeesItselfInTheWholeOfTheData() {
        Decision decision = Strict.decide(
                Strict.starts(
                        ".list[]",
                        null,
                        new Parameter("all", null, ".", null, null, null, true),
                        new Parameter("again", null, ".", null, null, null, true)),
                "{\"list\": [1, 2]}");

        assertThat(decision.starts())
                .extracting(Start::parameters)
                .containsExactly(
                        Map.of("all", "{\"list\":[1,2],\"item\":1}", "again", "{\"list\":[1,2],\"item\":1}"),
                        Map.of("all", "{\"list\":[1,2],\"item\":2}", "again", "{\"list\":[1,2],\"item\":2}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"item\": null}|the data have a member item already",
        "[1]|the data are no object",
        "null|the data are no object",
    })
    void whatHasNoPlaceForAnItemIsAnError(String data, String expected) {
        Decision decision = Strict.decide(Strict.starts("1", null), data);

        assertThat(decision.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(decision.reasons())
                .containsExactly(new Decision.Reason(
                        "forEach",
                        Decision.Outcome.ERROR,
                        expected + "; expected an object without one, because each output is put there"));
    }

    @Test
    void aDependencyWhoseNameItemsTakeIsRefused() {
        List<Dependency> dependencies = Stream.of("item", "other")
                .map(name -> new Dependency(name, new Origin("source", name), null, null, List.of(), null, null))
                .toList();

        assertThatThrownBy(() -> new Sensor("s", true, dependencies, null, ".other[]", "job", null, null, null))
                .hasMessage("forEach: has its outputs where the dependency \"item\" has its data; expected another name of it");
        assertThat(new Sensor("s", true, dependencies, null, null, "job", null, null, null).forEach()).isNull();
    }

    @ParameterizedTest
    @CsvSource({".a, MATCH", ".n, ERROR", ".missing, ERROR", ".list, ERROR", "error, ERROR"})
    void aKeyIsATextOrNumber(String key, Verdict expected) {
        Sensor sensor = Strict.starts(null, new StartRules(null, null, new Limit(1, Duration.ofHours(1), key), null, null, null, false));

        Decision decision = Strict.decide(sensor, "{\"a\": \"x\", \"n\": null, \"list\": []}");

        assertThat(decision.verdict()).as(decision.toString()).isEqualTo(expected);
        assertThat(decision.reasons().get(0).part()).isEqualTo("limit.key");
    }

    @Test
    void rulesThatHaveNoEffectAreRefused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new StartRules(null, null, null, null, minute, null, false)).hasMessageStartingWith("debounce: is set without coalesceBy");
        assertThatThrownBy(() -> new StartRules(null, ".a", null, minute, minute, null, false)).hasMessageStartingWith("delay: is never used");
        assertThatThrownBy(() -> new StartRules(".a", ".a", null, null, null, null, false)).hasMessageStartingWith("serializeBy: is never used");
        assertThatThrownBy(() -> new StartRules(null, null, new Limit(1, minute, null), null, null, null, true)).hasMessageStartingWith("limit: is never used");
        assertThatThrownBy(() -> new Limit(0, minute, null)).hasMessageStartingWith("starts: 0 is too small");
        assertThatThrownBy(() -> new RateLimit(1, null)).hasMessageStartingWith("period: is missing");
    }

    @Test
    void aSensorThatIsSwitchedOffSaysSo() {
        Sensor off = new Sensor("s", false, List.of(new Dependency("source", "event")), null, null, "job", null, null, null);

        Decision decision = Strict.decide(off, "{}");

        assertThat(decision.verdict()).isEqualTo(Verdict.NO_MATCH);
        assertThat(decision.reasons().get(0).detail()).isEqualTo("is false: the sensor is switched off");
    }
}
