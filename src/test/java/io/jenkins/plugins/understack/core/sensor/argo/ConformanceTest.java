package io.jenkins.plugins.understack.core.sensor.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of {@code conformance.yaml}. */
class ConformanceTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TestFactory
    Stream<DynamicTest> cases() throws Exception {
        try (InputStream in = ConformanceTest.class.getResourceAsStream("conformance.yaml")) {
            return StreamSupport.stream(YAML.readTree(in).spliterator(), false)
                    .map(line -> DynamicTest.dynamicTest(line.path("case").asText(), () -> check(line)));
        }
    }

    private static void check(JsonNode line) throws Exception {
        line.fieldNames().forEachRemaining(key -> assertThat(key)
                .isIn("case", "data", "time", "jq", "filters", "or", "params", "expect"));
        ObjectNode rules = YAML.createObjectNode();
        if (line.has("filters")) {
            rules.set("filters", line.path("filters"));
        }
        if (line.path("or").asBoolean()) {
            rules.put("filtersLogicalOperator", "or");
        }
        if (line.has("params")) {
            rules.set("parameters", line.path("params"));
        }
        ArgoRules argo = new ArgoRules(YAML.writeValueAsString(rules));
        Dependency dependency = new Dependency(
                null, new Origin("webhook-gateway", "example-1"), line.path("jq").asText(null), null, List.of(), null, argo);
        Sensor sensor = new Sensor("sensor", true, List.of(dependency), null, null, "job", List.of(), argo, null);
        Instant time = Instant.parse(line.path("time").asText("2020-07-15T16:36:34Z"));
        Event event = new Event(
                "1", "webhook-gateway", "example-1", "webhook", "webhook", time, Json.parse(line.path("data").toString()));

        Decision decision = sensor.compile().decide(event);

        JsonNode expected = line.path("expect");
        if (expected.isObject()) {
            assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.MATCH);
            expected.properties().forEach(entry -> assertThat(decision.starts().get(0).parameters())
                    .containsEntry(entry.getKey(), entry.getValue().asText()));
        } else {
            assertThat(decision.verdict())
                    .as(decision.toString())
                    .isEqualTo(Map.of("pass", Verdict.MATCH, "reject", Verdict.NO_MATCH, "error", Verdict.ERROR)
                            .get(expected.asText()));
        }
    }

    /** What Argo's validator refuses, and what nobody can mean. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "filters: {time: {start: '09:09:0', stop: '10:10:10'}}   | argo.filters.time.start: \"09:09:0\" is no time; expected HH:MM:SS",
        "filters: {time: {start: '10:10', stop: '10:10:10'}}     | argo.filters.time.start: \"10:10\" is no time",
        "filters: {time: {start: '25:00:00', stop: '10:10:10'}}  | argo.filters.time.start: \"25:00:00\" is no time",
        "filters: {time: {start: '10:10:10', stop: '10:10:10'}}  | argo.filters.time.stop: is the same as start",
        "filters: {time: {start: '1:00:00', stop: '2:00:00', timezone: Mars/North}} | argo.filters.time.timezone: \"Mars/North\"",
        "filters: {dataLogicalOperator: OR}                      | argo.filters.dataLogicalOperator: \"OR\" is unknown",
        "filtersLogicalOperator: xor                             | argo.filtersLogicalOperator: \"xor\"",
        "filters: {script: 'return true'}                        | argo.filters.script: is unknown",
        "filters: {data: [{path: a, template: x}]}               | argo.filters.data[0].template: is unknown",
        "filters: {exprs: [{expr: 'a == 1', fields: []}]}        | argo.filters.exprs[0].jq: is missing",
        "filters: {data: [{path: a, jq: '{'}]}                   | argo.filters.data[0].jq: is no jq program",
        "filters: {data: x}                                      | argo.filters.data: is no list",
        "filters: [1]                                            | argo.filters: is no mapping",
        "parameters: [{src: {dataKey: a}}]                       | argo.parameters[0].dest: is empty",
        "parameters: [{src: {dataKey: a}, dest: p, operation: add}] | argo.parameters[0].operation: \"add\" is unknown",
        "just text                                               | argo: is no mapping",
        "x: [                                                    | argo: is no YAML",
    })
    void mistakesAreNamed(String yaml, String message) {
        assertThatThrownBy(() -> new ArgoRules(yaml)).hasMessageStartingWith(message);
    }
}
