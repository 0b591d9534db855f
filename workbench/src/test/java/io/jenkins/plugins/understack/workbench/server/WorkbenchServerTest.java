package io.jenkins.plugins.understack.workbench.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.workbench.Await;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import io.jenkins.plugins.understack.core.inbox.Search;
import io.jenkins.plugins.understack.workbench.inbox.DeskRequests;
import io.jenkins.plugins.understack.workbench.simulator.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real sources, sensors and workflows together: an AMQP broker and HTTP. */
class WorkbenchServerTest {
    private static final String CONFIGURATION =
            """
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword: {id: broker, username: "${USER_NAME}", password: "${PASSWORD}"}
                      - string: {id: token, secret: "s3cret"}
            unclassified:
              understack:
                eventSources:
                  - amqp:
                      name: ironic
                      uri: amqp://127.0.0.1:${PORT}/ironic
                      credentialsId: broker
                      events:
                        - name: nodes
                          exchange: ironic
                          routingKeys: [info]
                          queue: nodes
                  - webhook:
                      name: alerts
                      events:
                        - name: alert
                          path: alert/v4
                          authentication: {bearer: {credentialsId: token}}
                          maxPayloadSize: 1000
                sensors:
                  - name: node
                    source: ironic
                    event: nodes
                    filters: [{path: body.type, value: wanted}]
                    job: team/log-node
                    parameters: [{name: node, path: body.node}]
                  - name: alert
                    source: alerts
                    event: alert
                    job: log-node
                    parameters: [{name: node, path: body.node}]
                  - name: nowhere
                    source: alerts
                    event: alert
                    job: no-such-job
            """;

    @TempDir
    Path folder;

    private final List<Decision> decisions = new CopyOnWriteArrayList<>();
    private final List<String> story = new CopyOnWriteArrayList<>();
    private EmbeddedBroker broker;
    private DataFolder data;
    private WorkbenchServer server;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        broker.createVirtualHost("ironic");
        Path file = Files.writeString(folder.resolve("understack.yaml"), CONFIGURATION);
        Path vars = Files.createDirectory(folder.resolve("vars"));
        Files.writeString(vars.resolve("logNode.groovy"), "def call(Map inputs) { return inputs.node + ' by ' + eventData().source }");
        Map<String, String> variables = Map.of(
                "PORT", String.valueOf(broker.port()), "USER_NAME", broker.username(), "PASSWORD", broker.password());
        data = DataFolder.open(folder.resolve("data"));
        server = WorkbenchServer.start(
                ConfigurationFile.load(file, variables),
                WorkflowLibrary.of(vars),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                data,
                (event, made) -> {
                    decisions.addAll(made);
                    story.add("decided " + event.source());
                },
                (event, sensor, result) -> story.add(sensor + ": " + result.value().asText()));
        Await.until("all sources up", () -> server.status().stream().allMatch(s -> s.state() == SourceStatus.State.UP));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        data.close();
        broker.close();
    }

    @Test
    void aMessageStartsAWorkflow() throws Exception {
        publish("{\"type\": \"other\", \"node\": \"n0\"}", "{\"type\": \"wanted\", \"node\": \"n1\"}", "no JSON");
        Await.until("the workflow", () -> story.contains("node: n1 by ironic"));
        assertThat(decisions).extracting(Decision::verdict).containsExactly(Decision.Verdict.NO_MATCH, Decision.Verdict.MATCH);
        assertThat(story).containsExactly("decided ironic", "decided ironic", "node: n1 by ironic");
        Await.until("the rejection", () -> server.status().get(0).rejected() == 1);
        assertThat(server.status().get(0).received()).isEqualTo(2);

        HttpResponse<String> metrics = send(HttpRequest.newBuilder(URI.create(server.metrics())).GET());
        assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body().lines())
                .contains(
                        "understack_events_sent_total{event_name=\"nodes\",eventsource_name=\"ironic\"} 2.0",
                        "understack_events_processing_failed_total{event_name=\"nodes\",eventsource_name=\"ironic\",reason=\"unreadable\"} 1.0",
                        "understack_event_service_running{eventsource_name=\"ironic\"} 1.0",
                        "understack_eventsource_state{eventsource_name=\"alerts\",state=\"up\"} 1.0",
                        "understack_sensor_decisions_total{sensor_name=\"node\",verdict=\"match\"} 1.0",
                        "understack_action_triggered_total{sensor_name=\"node\"} 1.0",
                        "understack_action_started_latency_seconds_count{sensor_name=\"node\"} 1",
                        "understack_inbox_events 1.0")
                .anyMatch(line -> line.matches("understack_inbox_size_bytes [1-9].*"));
        assertThat(send(HttpRequest.newBuilder(URI.create(server.metrics())).DELETE()).statusCode()).isEqualTo(405);
        assertThat(send(HttpRequest.newBuilder(URI.create(server.metrics() + "/x")).GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void aWebhookStartsAWorkflowAndAnUnknownJobIsADeadLetter() throws Exception {
        HttpResponse<String> answer = post("s3cret", "{\"node\": \"n2\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).startsWith("{\"id\":\"");
        Await.until("the workflow", () -> story.contains("alert: n2 by alerts"));
        assertThat(story).containsExactly("decided alerts", "alert: n2 by alerts");
        assertThat(decisions).extracting(Decision::verdict).containsExactly(Decision.Verdict.MATCH, Decision.Verdict.MATCH);
        Await.until("the dead letter", () -> server.desk().counts().path("deadLetters").asInt() == 1);
        JsonNode letter = server.desk().answer(DeskRequests.deadLetters(Search.ANYTHING, 5)).get(0);
        assertThat(letter.path("sensor").asText()).isEqualTo("nowhere");
        assertThat(letter.path("reason").asText())
                .isEqualTo("job: \"no-such-job\" stands for the workflow \"noSuchJob\", which does not exist; expected one of [logNode]");
        Await.until("both settled", () -> server.desk().counts().path("pending").asInt() == 0);
    }

    @Test
    void requestsAreAnsweredAsHttpMeansIt() throws Exception {
        assertThat(post("wrong", "{}").statusCode()).isEqualTo(401);
        assertThat(post("s3cret", "{").statusCode()).isEqualTo(400);
        assertThat(post("s3cret", "\"" + "x".repeat(10_000_000) + "\"").statusCode()).isEqualTo(413);
        String url = server.webhooks().get(0).replaceFirst("^POST ", "");
        assertThat(send(HttpRequest.newBuilder(URI.create(url)).GET()).statusCode()).isEqualTo(405);
        for (String nowhere : List.of("/x", "", "/../..", "?a=b")) {
            String other = nowhere.startsWith("?") ? url.replace("alert/v4", "") + nowhere : url + nowhere + "/no";
            assertThat(send(HttpRequest.newBuilder(URI.create(other)).GET()).statusCode()).as(other).isEqualTo(404);
        }
        assertThat(decisions).isEmpty();
    }

    /** Fewer than the server has threads, then more: those have to be closed before the genuine caller's turn comes. */
    @ParameterizedTest
    @CsvSource({"40, 3", "80, 15"})
    void idleUploadsDoNotKeepOthersWaiting(int uploads, int seconds) throws Exception {
        URI url = URI.create(server.webhooks().get(0).replaceFirst("^POST ", ""));
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < uploads; i++) {
                Socket socket = new Socket(url.getHost(), url.getPort());
                idle.add(socket);
                socket.getOutputStream()
                        .write(("POST " + url.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Authorization: Bearer s3cret\r\nContent-Length: 900\r\n\r\n{")
                                .getBytes(StandardCharsets.UTF_8));
            }
            long begin = System.nanoTime();
            HttpResponse<String> answer = null;
            while (answer == null) {
                try {
                    answer = post("s3cret", "{\"node\": \"n2\"}");
                } catch (IOException e) {
                    // Waited too long behind the others: a caller sends again.
                    assertThat(uploads).isGreaterThan(64);
                }
            }
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(seconds));
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private HttpResponse<String> post(String token, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(server.webhooks().get(0).replaceFirst("^POST ", "")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void publish(String... bodies) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(broker.port());
        factory.setHost("127.0.0.1");
        factory.setVirtualHost("ironic");
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            for (String body : bodies) {
                channel.basicPublish("ironic", "info", null, body.getBytes(StandardCharsets.UTF_8));
            }
            channel.waitForConfirmsOrDie(10_000);
        }
    }
}
