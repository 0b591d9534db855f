package io.jenkins.plugins.understack.core.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorProgramTest {
    @ParameterizedTest
    @CsvSource({
        "equals, a.b, MATCH",
        "equals, a, NO_MATCH",
        "equals, A.B, NO_MATCH",
        "matches, a.b, MATCH",
        "matches, a., NO_MATCH",
        "matches, .*, MATCH",
        "find, a, MATCH",
        "find, ^b, NO_MATCH",
        "find, b$, MATCH",
    })
    void comparators(String comparator, String value, Verdict expected) {
        Decision decision = decide(filter("type", Comparator.parse(comparator), value), "{\"type\": \"a.b\"}");

        assertThat(decision.verdict()).isEqualTo(expected);
    }

    @Test
    void anyValueOfAFilterMayFitAndAllFiltersMust() {
        Sensor sensor = sensor(
                null,
                List.of(
                        new DataFilter("type", Comparator.IN, List.of("x", "a.b")),
                        new DataFilter("state", Comparator.EQUALS, List.of("active"))),
                List.of());

        assertThat(decide(sensor, "{\"type\": \"a.b\", \"state\": \"active\"}").verdict()).isEqualTo(Verdict.MATCH);
        Decision rejected = decide(sensor, "{\"type\": \"a.b\", \"state\": \"error\"}");
        assertThat(rejected.verdict()).isEqualTo(Verdict.NO_MATCH);
        assertThat(rejected.toJson().toString())
                .isEqualTo("{\"sensor\":\"s\",\"verdict\":\"no-match\",\"reasons\":["
                        + "{\"part\":\"filters[0]\",\"outcome\":\"pass\",\"detail\":\"type is \\\"a.b\\\"; expected \\\"x\\\" or \\\"a.b\\\"\"},"
                        + "{\"part\":\"filters[1]\",\"outcome\":\"reject\",\"detail\":\"state is \\\"error\\\"; expected \\\"active\\\"\"}]}");
    }

    @Test
    void aMissingPathRejectsAndSaysSo() {
        Decision decision = decide(filter("body.x", Comparator.FIND, ".*"), "{}");

        assertThat(decision.verdict()).isEqualTo(Verdict.NO_MATCH);
        assertThat(decision.reasons().get(0).detail()).startsWith("body.x is missing");
    }

    @Test
    void parametersFromPathsBodyAndConstants() {
        Sensor sensor = sensor(
                null,
                List.of(),
                List.of(
                        Parameter.of("uuid", "body.payload.ironic_object\\.data.uuid"),
                        Parameter.of("event", "body"),
                        Parameter.constant("force", "false"),
                        new Parameter("lessee", "body.lessee", null, null, null, "nobody", true)));

        Decision decision = decide(sensor, "{\"body\": {\"payload\": {\"ironic_object.data\": {\"uuid\": \"u1\"}}, \"lessee\": null}}");

        assertThat(decision.starts().get(0).parameters())
                .containsEntry("uuid", "u1")
                .containsEntry("event", "{\"payload\":{\"ironic_object.data\":{\"uuid\":\"u1\"}},\"lessee\":null}")
                .containsEntry("force", "false")
                .containsEntry("lessee", "nobody");
    }

    @ParameterizedTest
    @CsvSource({"{}, is missing", "{\"name\": null}, is null"})
    void aParameterWithoutValueIsAnError(String data, String expected) {
        Decision decision = decide(sensor(null, List.of(), List.of(Parameter.of("hostname", "name"))), data);

        assertThat(decision.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(decision.starts()).isEmpty();
        assertThat(decision.reasons().get(0).part()).isEqualTo("parameters[hostname]");
        assertThat(decision.reasons().get(0).detail()).contains(expected);
    }

    @Test
    void theTransformReplacesTheData() {
        Sensor sensor = sensor(
                ".body[\"oslo.message\"] | fromjson",
                List.of(new DataFilter("event_type", Comparator.EQUALS, List.of("a.b"))),
                List.of(Parameter.of("id", "payload.id")));

        Decision decision = decide(
                sensor, "{\"body\": {\"oslo.message\": \"{\\\"event_type\\\": \\\"a.b\\\", \\\"payload\\\": {\\\"id\\\": 7}}\"}}");

        assertThat(decision.verdict()).isEqualTo(Verdict.MATCH);
        assertThat(decision.starts().get(0).parameters()).containsEntry("id", "7");
    }

    @ParameterizedTest
    @CsvSource({"empty, nothing", "1, object", ".a.b.c, failed", "error(\"x\"), failed", "env, failed", "$ENV, failed"})
    void aTransformThatFailsIsAnError(String program, String expected) {
        Decision decision = decide(sensor(program, List.of(), List.of()), "{\"a\": 1}");

        assertThat(decision.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(decision.reasons().get(0).part()).isEqualTo("transform");
        assertThat(decision.reasons().get(0).detail()).contains(expected);
    }

    @Test
    void refusesAtCompileTimeWithTheField() {
        refused(sensor("{", List.of(), List.of()), "transform: is no jq program");
        refused(filter("a..b", Comparator.EQUALS, "x"), "filters[0].path: ");
        refused(filter("a", Comparator.MATCHES, "("), "filters[0].value[0]: \"(\" is no RE2 regular expression");
        refused(filter("a", Comparator.FIND, "(?=x)"), "filters[0].value[0]: ");
        refused(sensor(null, List.of(), List.of(Parameter.of("p", "a|"))), "parameters[p].path: ");
        assertThatThrownBy(() -> Parameter.of("p", null)).hasMessageStartingWith("value: is missing");
        assertThatThrownBy(() -> Comparator.parse("equal")).hasMessageContaining("expected one of [equals, not-equals, in,");
    }

    @Test
    void longValuesAreShortenedInReasons() {
        Decision decision = decide(filter("v", Comparator.EQUALS, "x"), "{\"v\": \"" + "y".repeat(5_000) + "\"}");

        assertThat(decision.reasons().get(0).detail()).hasSizeLessThan(200).contains("5000 characters");
    }

    private static void refused(Sensor sensor, String message) {
        assertThatThrownBy(() -> sensor.compile())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message);
    }

    private static Sensor filter(String path, Comparator comparator, String value) {
        return sensor(null, List.of(new DataFilter(path, comparator, List.of(value))), List.of());
    }

    private static Sensor sensor(String transform, List<DataFilter> filters, List<Parameter> parameters) {
        return new Sensor(
                "s", new Dependency(null, new Origin("source", "event"), transform, null, filters, null, null), "job", parameters);
    }

    private static Decision decide(Sensor sensor, String data) {
        try {
            return sensor.compile()
                    .decide(new Event("id", "source", "event", "amqp", "type", Instant.EPOCH, Json.parse(data)));
        } catch (io.jenkins.plugins.understack.core.event.MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
