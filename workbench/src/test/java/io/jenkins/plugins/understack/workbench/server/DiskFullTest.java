package io.jenkins.plugins.understack.workbench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.Await;
import io.jenkins.plugins.understack.workbench.inbox.InboxApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A workbench whose files may not grow (a limit of the operating system for its process, which needs no rights) takes nothing more,
 * keeps what it has acknowledged, also when it is killed at that moment, and goes on when there is room.
 */
class DiskFullTest {
    private static final int LIMIT_BYTES = 1_000_000;
    private static final int MESSAGES = 20;
    private static final String REST = "x".repeat(10_000);
    private static final String QUEUE = "disk-full";
    private static final String CONFIGURATION =
            """
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword: {id: broker, username: "%s", password: "%s"}
            unclassified:
              understack:
                eventSources:
                  - webhook:
                      name: hooks
                      events: [{name: hook, path: hook, authentication: none}]
                  - amqp:
                      name: ironic
                      uri: %s
                      credentialsId: broker
                      events:
                        - {name: nodes, queue: disk-full, declare: false, prefetch: 10}
                sensors:
                  - {name: hook, source: hooks, event: hook, job: get-device-nautobot}
                  - {name: node, source: ironic, event: nodes, job: get-device-nautobot}
            """;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> acknowledged = new ArrayList<>();
    private int requests;
    private Connection connection;
    private Channel channel;
    private Path config;
    private Path data;
    private Process process;
    private BufferedReader out;
    private String url;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs the command /usr/bin/prlimit (util-linux) to limit a process");
        TestBroker broker = TestBroker.get();
        connection = broker.connect();
        channel = connection.createChannel();
        channel.queueDeclare(QUEUE, true, false, false, null);
        config = Files.writeString(
                folder.resolve("understack.yaml"), CONFIGURATION.formatted(broker.username(), broker.password(), broker.uri()));
        data = folder.resolve("data");
    }

    @AfterEach
    void close() throws Exception {
        if (process != null) {
            kill();
        }
        if (channel != null) {
            channel.queueDelete(QUEUE);
            connection.close();
        }
    }

    @Test
    void nothingIsAcknowledgedThatIsNotStored() throws Exception {
        start();
        HttpResponse<String> refused = post();
        while (refused.statusCode() == 202) {
            assertThat(requests).as("a limit of " + LIMIT_BYTES + " bytes").isLessThan(LIMIT_BYTES / REST.length());
            refused = post();
        }
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        publish();
        awaitStatus("hooks DOWN event \"hook\": requests are refused: the inbox cannot be written");
        awaitStatus("ironic DOWN event \"nodes\": stopped taking messages: the inbox cannot be written");
        assertThat(acknowledged).hasSizeGreaterThan(10);

        kill();
        start();

        assertThat(events()).containsAll(acknowledged);
        awaitStatus("ironic DOWN event \"nodes\": stopped taking messages: the inbox cannot be written");
        long stored = events().stream().filter(id -> id.startsWith("m-")).count();
        assertThat(stored).as("messages stay in the broker").isLessThan(MESSAGES);

        prlimit("unlimited");

        awaitStatus("ironic UP");
        assertThat(post().statusCode()).isEqualTo(202);
        awaitStatus("hooks UP");
        Await.until("all messages", () -> events().stream().filter(id -> id.startsWith("m-")).count() == MESSAGES);
        assertThat(events()).containsAll(acknowledged).doesNotHaveDuplicates();
        kill();
        assertThat(channel.messageCount(QUEUE)).isZero();
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/prlimit", "--fsize=" + LIMIT_BYTES + ":"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String name : List.of("lang", "util", "io", "net", "text")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DiskFullWorkbench.class.getName()));
        command.addAll(List.of(config.toString(), data.toString()));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        out = process.inputReader(StandardCharsets.UTF_8);
        url = out.readLine();
        assertThat(url).startsWith("http://");
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void prlimit(String bytes) throws Exception {
        Process limit = new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(limit.waitFor()).isZero();
    }

    private HttpResponse<String> post() throws Exception {
        String id = "r-" + requests++;
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("ce-id", id)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"rest\": \"" + REST + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 202) {
            acknowledged.add(id);
        }
        return answer;
    }

    private void publish() throws Exception {
        channel.confirmSelect();
        for (int i = 0; i < MESSAGES; i++) {
            channel.basicPublish(
                    "",
                    QUEUE,
                    new BasicProperties.Builder().messageId("m-" + i).deliveryMode(2).build(),
                    ("{\"rest\": \"" + REST + "\"}").getBytes(StandardCharsets.UTF_8));
        }
        channel.waitForConfirmsOrDie(20_000);
    }

    private void awaitStatus(String expected) throws Exception {
        Await.until(expected, () -> {
            process.outputWriter().append('\n').flush();
            return out.readLine().contains(expected);
        });
    }

    /** Ids of the events in the inbox. */
    private List<String> events() throws Exception {
        List<String> ids = new ArrayList<>();
        InboxApi.ask(data, Json.MAPPER.createObjectNode().put("do", "events").put("limit", 10_000))
                .forEach(event -> ids.add(event.path("id").asText()));
        return ids;
    }
}
