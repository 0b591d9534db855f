package io.jenkins.plugins.understack.workbench.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Dependency;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.correlation.ConditionsReset;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgoImportTest {
    private final ArgoImport argo = new ArgoImport();

    @TempDir
    private Path directory;

    private Configuration configuration;

    @BeforeEach
    void convert() throws Exception {
        try (InputStream in = ArgoImportTest.class.getResourceAsStream("manifests.yaml")) {
            argo.add("manifests.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        configuration = ConfigurationFile.load(
                        Files.writeString(directory.resolve("out.yaml"), argo.configuration()), Map.of())
                .configuration();
    }

    @Test
    void sourcesLoadWithoutEdits() throws Exception {
        assertThat(argo.configuration()).doesNotContain("hunter2");
        EventSource ironic = configuration.eventSources().get(0);
        assertThat(ironic.toString())
                .contains("uri=amqp://rabbitmq.openstack.svc.cluster.local:5672/ironic", "credentialsId=openstack-ironic")
                .contains("exchange=Exchange[name=ironic, type=topic, durable=true]")
                .contains("queue=Queue[name=argo_notifications, durable=true, arguments={x-queue-type=quorum}]")
                .contains("routingKeys=[ironic_versioned_notifications.info]", "bodyFormat=JSON");
        assertThat(configuration.eventSources().get(1).toString())
                .contains("name=alerts, path=alerts, method=POST, authentication=None[]")
                .contains("name=guarded, path=guarded", "credentialsId=alertmanager-webhook-guarded");
    }

    @Test
    void anImportedSensorDecidesAsItDidInArgo() throws Exception {
        String message = "{\"event_type\": \"baremetal.port.create.end\", \"payload\": {\"n\": 1}}";
        String body = Json.MAPPER.createObjectNode().put("oslo.message", message).toString();
        Event event = configuration.eventSources().get(0).read("openstack", body.getBytes(StandardCharsets.UTF_8), Clock.systemUTC());

        Decision decision = sensor("ironic-node-port").compile().decide(event);

        assertThat(decision.starts().get(0).job()).isEqualTo("openstack-oslo-event");
        assertThat(decision.starts().get(0).parameters())
                .containsExactly(
                        Map.entry("event-json", "{\"event_type\":\"baremetal.port.create.end\",\"payload\":{\"n\":1}}"),
                        Map.entry("force", "false"));
    }

    @Test
    void eachTriggerBecomesASensor() {
        assertThat(configuration.sensors())
                .extracting(Sensor::name)
                .containsExactly("ironic-node-port", "alerts-either", "alerts-both", "alerts-from", "alerts-batch");
        assertThat(configuration.sensors())
                .extracting(Sensor::job)
                .containsExactly("openstack-oslo-event", "neutron-agent-down", "x", "existing", "sync");
        assertThat(configuration.sensors()).allSatisfy(sensor -> assertThat(sensor.compile()).isNotNull());
    }

    @Test
    void severalDependenciesKeepTheirConditions() {
        Sensor both = sensor("alerts-both");
        assertThat(both.dependencies()).extracting(Dependency::name).containsExactly("open", "closed");
        assertThat(both.correlation())
                .isEqualTo(new Correlation("open && closed", null, List.of(new ConditionsReset("59 23 * * *", "America/Los_Angeles"))));
        assertThat(both.rules().rateLimit()).isEqualTo(new StartRules.RateLimit(2, Duration.ofMinutes(1)));
        // What the trigger's own parameters set comes first; the value of the template stays where no event sets another.
        assertThat(both.argo().text().replaceAll("\\s+", " "))
                .isEqualTo("parameters: - src: dependencyName: open dataKey: body.a dest: first"
                        + " - src: value: \"reason: \" dest: why"
                        + " - src: dependencyName: closed dataKey: body.reason value: none dest: why operation: append current: \"reason: \"");
        assertThat(sensor("alerts-either").correlation().conditions()).isEqualTo("open || closed");
    }

    @Test
    void aValueWithANameInTheResourceIsAParameter() {
        assertThat(sensor("alerts-batch").argo().text()).contains("dest: UUID");
    }

    @Test
    void everyFieldIsReported() {
        List<String> report = argo.report();

        assertThat(report)
                .contains(
                        "EventSource openstack-ironic",
                        "  changed: spec.amqp.openstack.url: without user and password, which belong into a credential",
                        "  changed: spec.amqp.openstack.consume.autoAck: messages are acknowledged when their builds are queued, never before",
                        "  kept: spec.amqp.openstack.exchangeName",
                        "  changed: spec.triggers[0].template.k8s.parameters[0].dest: by name: event-json",
                        "  kept: spec.dependencies[0].transform.jq",
                        "  kept: spec.dependencies[0].filters",
                        "  not supported: spec.dependencies[0].filters.script: column 1: \"while\" is not translated; write the script as a jq"
                                + " program, where map(…), select(…) or reduce take the place of loops",
                        "  not supported: spec.dependencies[0].filters.data[0].template: column 4: the function now depends on the moment at"
                                + " which it runs; take the time in the job",
                        "  changed: spec.triggers[0].template.argoWorkflow.parameters[0].src.dataTemplate: translated to jq",
                        "  kept: spec.triggers[1].template.conditions",
                        "  kept: spec.triggers[1].template.conditionsReset[0].byTime",
                        "  kept: spec.triggers[1].rateLimit",
                        "not converted: ConfigMap unrelated (manifests.yaml)")
                .anyMatch(line -> line.startsWith("  not supported: spec.triggers[1].template.conditionsReset[1].byTime: cannot be loaded"))
                .anyMatch(line -> line.startsWith("  not supported: spec.triggers[1].template.k8s.parameters[1]: is joined to"))
                .anyMatch(line -> line.contains("k8s.parameters[2]: goes to spec.arguments.parameters.-1.value, behind the end of"
                        + " spec.arguments.parameters, which has 2; declare the parameter"))
                .anyMatch(line -> line.contains("k8s.parameters[3]: goes to spec.arguments.parameters.7.value, behind the end of"))
                .anyMatch(line -> line.contains("spec.triggers[1].parameters[1]: goes to k8s.source.resource.metadata.generateName, which is no"))
                .anyMatch(line -> line.startsWith("  not supported: spec.triggers[1].dlqTrigger: a start is never lost"))
                .anyMatch(line -> line.startsWith("  not supported: spec.triggers[1].policy: the result is that of the build"))
                .anyMatch(line -> line.startsWith("  changed: spec.triggers[1].atLeastOnce: always so"))
                .anyMatch(line -> line.startsWith("  not supported: spec.triggers[4].template.log"))
                .last()
                .matches(line -> line.toString().matches("fields: \\d+ kept, \\d+ changed, \\d+ not supported"));
        assertThat(report).noneMatch(line -> line.contains("is not known here"));
        assertThat(report.toString()).doesNotContain("hunter2");
    }

    @Test
    void halfOfItsConditionsNeverFiresASensor() throws Exception {
        Event event = configuration
                .eventSources()
                .get(1)
                .read("alerts", "{\"alerts\": [{\"status\": \"firing\"}]}".getBytes(StandardCharsets.UTF_8), Clock.systemUTC());

        Decision decision = sensor("alerts-either").compile().decide(event);

        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.ERROR);
        assertThat(decision.reasons().toString()).contains("has to be written anew");
    }

    @Test
    void aDependencyWithoutItsEventSourceIsReported() throws Exception {
        ArgoImport alone = new ArgoImport();
        alone.add("s.yaml", """
                kind: SensorList
                items:
                  - apiVersion: argoproj.io/v1alpha1
                    kind: Sensor
                    metadata: {name: s}
                    spec:
                      dependencies: [{name: d-1, eventSourceName: none, eventName: e}, {name: d_1, eventSourceName: none, eventName: e}]
                      triggers: [{template: {name: t, k8s: {source: {resource: {kind: Workflow, metadata: {name: j}}}}}}]
                """);

        assertThat(alone.report())
                .contains("  not supported: spec.dependencies[0].eventName: is an event that no converted event source has; add its event"
                        + " source, without which the file does not load")
                .anyMatch(line -> line.contains("and d_1 are two dependencies here; Argo Events takes them for one"));
    }

    @Test
    void whatIsNoYamlIsNamedWithItsLine() {
        assertThatThrownBy(() -> argo.add("t.yaml", "apiVersion: argoproj.io/v1alpha1\nc: [\n")).hasMessageMatching("t\\.yaml:\\d: is no YAML");
    }

    private Sensor sensor(String name) {
        return configuration.sensors().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }
}
