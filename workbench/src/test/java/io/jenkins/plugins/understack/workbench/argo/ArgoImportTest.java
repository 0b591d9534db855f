package io.jenkins.plugins.understack.workbench.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
    void alternativesBecomeOneSensorEach() {
        assertThat(configuration.sensors())
                .extracting(Sensor::name)
                .containsExactly("ironic-node-port", "alerts-either-open", "alerts-either-closed");
        assertThat(sensor("alerts-either-open").job()).isEqualTo("neutron-agent-down");
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
                        "  not supported: spec.dependencies[0].filters.script: is Lua; write the condition as jq in exprs",
                        "  not supported: spec.dependencies[0].filters.data[0].template: is a Go template; write it as jq over the value as text, in jq",
                        "  not supported: spec.triggers[1].template.conditions: needs several events together, which has no counterpart yet",
                        "not converted: ConfigMap unrelated (manifests.yaml)");
        assertThat(report).noneMatch(line -> line.contains("is not known here"));
        assertThat(report.toString()).doesNotContain("hunter2");
    }

    @Test
    void halfOfItsConditionsNeverFiresASensor() throws Exception {
        Event event = configuration
                .eventSources()
                .get(1)
                .read("alerts", "{\"alerts\": [{\"status\": \"firing\"}]}".getBytes(StandardCharsets.UTF_8), Clock.systemUTC());

        Decision decision = sensor("alerts-either-open").compile().decide(event);

        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.ERROR);
        assertThat(decision.reasons().toString()).contains("has to be written anew");
    }

    @Test
    void aHelmTemplateIsRecognised() {
        assertThatThrownBy(() -> argo.add("t.yaml", "{{- if .Values.enabled }}\nkind: Sensor\n{{- end }}"))
                .hasMessage("t.yaml: is a Helm template; expected manifests: render it with \"helm template\" first");
    }

    @Test
    void whatIsNoYamlIsNamedWithItsLine() {
        assertThatThrownBy(() -> argo.add("t.yaml", "a: b\nc: [\n")).hasMessageMatching("t\\.yaml:\\d: is no YAML");
    }

    private Sensor sensor(String name) {
        return configuration.sensors().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }
}
