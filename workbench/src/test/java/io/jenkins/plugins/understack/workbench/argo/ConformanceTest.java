package io.jenkins.plugins.understack.workbench.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The cases of {@code conformance.yaml}: import, load, run. */
class ConformanceTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Set<String> KEYS = Set.of(
            "case", "data", "time", "transform", "filters", "filtersLogicalOperator", "parameters", "arguments", "expect", "design",
            "conditions", "dependencies", "send", "starts");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> cases() throws Exception {
        try (InputStream in = ConformanceTest.class.getResourceAsStream("conformance.yaml")) {
            List<JsonNode> cases = StreamSupport.stream(YAML.readTree(in).spliterator(), false).toList();
            assertThat(cases).extracting(line -> line.path("case").asText()).doesNotHaveDuplicates();
            return cases.stream().map(line -> DynamicTest.dynamicTest(line.path("case").asText(), () -> check(line)));
        }
    }

    private void check(JsonNode line) throws Exception {
        line.fieldNames().forEachRemaining(key -> assertThat(key).isIn(KEYS));
        ArgoImport argo = new ArgoImport();
        argo.add("case.yaml", YAML.writeValueAsString(source()) + YAML.writeValueAsString(sensor(line)));
        List<Sensor> sensors = ConfigurationFile.load(
                        Files.writeString(folder.resolve("case.yaml"), argo.configuration()), Map.of())
                .configuration()
                .sensors();
        assertThat(sensors).hasSize(1);
        if (line.has("send")) {
            send(line, sensors.get(0));
            return;
        }
        Instant time = Instant.parse(line.path("time").asText("2020-07-15T16:36:34Z"));

        Decision decision = sensors.get(0).compile().decide(event("1", "example-1", time, line.path("data")));

        if (line.has("design")) {
            assertThat(argo.report()).anySatisfy(said -> assertThat(said)
                    .startsWith("  not supported: ")
                    .contains(line.path("design").asText()));
            assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.ERROR);
            return;
        }
        assertThat(argo.report()).noneMatch(said -> said.startsWith("  not supported"));
        expect(line.path("expect"), decision);
    }

    private static void expect(JsonNode expected, Decision decision) {
        if (expected.isObject()) {
            assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.MATCH);
            parameters(expected, decision.starts().get(0).parameters());
        } else {
            assertThat(decision.verdict())
                    .as(decision.toString())
                    .isEqualTo(Map.of("pass", Verdict.MATCH, "reject", Verdict.NO_MATCH, "error", Verdict.ERROR)
                            .get(expected.asText()));
        }
    }

    private static void parameters(JsonNode expected, Map<String, String> parameters) {
        expected.properties().forEach(entry -> assertThat(parameters).containsEntry(entry.getKey(), entry.getValue().asText()));
    }

    private void send(JsonNode line, Sensor sensor) throws Exception {
        List<Map<String, String>> started = new ArrayList<>();
        SensorIndex index = new SensorIndex();
        index.put("sensor", sensor.compile());
        List<Integer> counts = new ArrayList<>();
        try (FileStateStore state = new FileStateStore(Files.createTempDirectory(folder, "state").resolve("state.mv"), Clock.systemUTC())) {
            Dispatcher dispatcher = new Dispatcher(
                    index,
                    new Correlator(state),
                    TestInbox.of(state, start -> started.add(start.parameters())),
                    event -> {},
                    (event, decisions) -> {});
            for (JsonNode name : line.path("send")) {
                ObjectNode data = Json.MAPPER.createObjectNode().put("n", counts.size() + 1);
                dispatcher.accept(event("" + counts.size(), name.asText(), Instant.parse("2024-01-01T00:00:00Z").plusSeconds(counts.size()), data)).join();
                counts.add(started.size());
            }
        }
        assertThat(counts).isEqualTo(StreamSupport.stream(line.path("starts").spliterator(), false).map(JsonNode::asInt).toList());
        if (line.has("expect")) {
            parameters(line.path("expect"), started.get(started.size() - 1));
        }
    }

    private static Event event(String id, String name, Instant time, JsonNode data) throws Exception {
        return new Event(id, "webhook-gateway", name, "webhook", "webhook", time, Json.parse(data.toString()));
    }

    private static ObjectNode source() {
        ObjectNode manifest = YAML.createObjectNode().put("apiVersion", "argoproj.io/v1alpha1").put("kind", "EventSource");
        manifest.putObject("metadata").put("name", "webhook-gateway");
        ObjectNode events = manifest.putObject("spec").putObject("webhook");
        for (String name : List.of("example-1", "d1", "d2", "d3", "dep-1", "dep-2")) {
            events.putObject(name).put("endpoint", "/" + name).put("port", "12000").put("method", "POST");
        }
        return manifest;
    }

    /** The manifest of a case. */
    private static ObjectNode sensor(JsonNode line) {
        ObjectNode manifest = YAML.createObjectNode().put("apiVersion", "argoproj.io/v1alpha1").put("kind", "Sensor");
        manifest.putObject("metadata").put("name", "sensor");
        ObjectNode spec = manifest.putObject("spec");
        Set<String> names = new LinkedHashSet<>();
        line.path("dependencies").forEach(name -> names.add(name.asText()));
        Pattern.compile("[\\w-]+").matcher(line.path("conditions").asText("")).results().forEach(name -> names.add(name.group()));
        if (names.isEmpty()) {
            names.add("example-1");
        }
        ArrayNode dependencies = spec.putArray("dependencies");
        for (String name : names) {
            ObjectNode dependency = dependencies.addObject().put("name", name);
            dependency.put("eventSourceName", "webhook-gateway").put("eventName", name);
            for (String key : List.of("transform", "filters", "filtersLogicalOperator")) {
                if (line.has(key) && (names.size() == 1 || name.equals("d1"))) {
                    dependency.set(key, line.get(key));
                }
            }
        }
        trigger(spec.putArray("triggers").addObject().putObject("template"), line, names.iterator().next());
        return manifest;
    }

    private static void trigger(ObjectNode template, JsonNode line, String dependency) {
        template.put("name", "trigger");
        if (line.has("conditions")) {
            template.set("conditions", line.get("conditions"));
        }
        ObjectNode k8s = template.putObject("k8s").put("operation", "create");
        ObjectNode workflow = k8s.putObject("source").putObject("resource").putObject("spec");
        workflow.putObject("workflowTemplateRef").put("name", "job");
        ArrayNode arguments = workflow.putObject("arguments").putArray("parameters");
        Set<String> names = new LinkedHashSet<>();
        line.path("arguments").fieldNames().forEachRemaining(names::add);
        line.path("parameters").forEach(parameter -> names.add(parameter.path("dest").asText()));
        for (String name : names) {
            ObjectNode argument = arguments.addObject().put("name", name);
            if (line.path("arguments").has(name)) {
                argument.set("value", line.path("arguments").get(name));
            }
        }
        ArrayNode parameters = k8s.putArray("parameters");
        for (JsonNode given : line.path("parameters")) {
            ObjectNode parameter = given.deepCopy();
            parameter.put("dest", "spec.arguments.parameters." + List.copyOf(names).indexOf(given.path("dest").asText()) + ".value");
            ObjectNode src = (ObjectNode) parameter.get("src");
            if (!src.has("dependencyName")) {
                src.put("dependencyName", dependency);
            }
            parameters.add(parameter);
        }
    }
}
