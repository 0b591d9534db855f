package io.jenkins.plugins.understack.workbench.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A workbench with traffic is killed again and again: at each {@link CrashPoints.Point} and at random moments, its own start-up
 * included. What was published, and confirmed by the broker, is compared with the runs that exist and with what the workflows did.
 *
 * <p>{@code -Dunderstack.crash.kills=100 -Dunderstack.crash.seed=…}; {@code understack bench crash} does it.
 */
class CrashMatrixTest {
    private static final int KILLS = Integer.getInteger("understack.crash.kills", 10);
    private static final int MESSAGES_EACH = 40;
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
                  - amqp:
                      name: ironic
                      uri: %s
                      credentialsId: broker
                      events:
                        - {name: nodes, exchange: crash, routingKeys: [node], queue: crash-nodes}
                sensors:
                  - name: node
                    source: ironic
                    event: nodes
                    filters: [{path: body.wanted, value: "yes"}]
                    job: keep-ledger
                    parameters:
                      - {name: id, path: body.id}
                      - {name: ledger, value: "%s"}
            """;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("understack.crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Set<String> published = new HashSet<>();
    private final Map<String, Integer> kills = new TreeMap<>();
    private Path config;
    private Path vars;
    private Path data;
    private Path ledger;

    @Test
    void nothingIsLostOrRunTwice() throws Exception {
        TestBroker broker = TestBroker.get();
        ledger = Files.createFile(folder.resolve("ledger"));
        data = folder.resolve("data");
        config = Files.writeString(
                folder.resolve("understack.yaml"),
                CONFIGURATION.formatted(broker.username(), broker.password(), broker.uri(), ledger));
        vars = Files.createDirectory(folder.resolve("vars"));
        Files.writeString(
                vars.resolve("keepLedger.groovy"),
                """
                import java.nio.file.*
                def call(Map inputs) {
                    Files.write(Path.of(inputs.ledger), (inputs.id + '\\n').bytes, [StandardOpenOption.APPEND] as OpenOption[])
                }
                """);
        long begin = System.nanoTime();
        try (Connection connection = broker.connect();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("crash", "topic", true);
            channel.queueDeclare("crash-nodes", true, false, false, null);
            channel.queueBind("crash-nodes", "crash", "node");
            channel.confirmSelect();
            for (int i = 0; i < KILLS; i++) {
                publish(channel);
                live(channel, i);
            }
            publish(channel);
            liveUntilAllIsDone();
            channel.queueDelete("crash-nodes");
            channel.exchangeDelete("crash");
        }
        compare((System.nanoTime() - begin) / 1_000_000_000, broker.isRabbitMq() ? "RabbitMQ" : "the embedded broker");
    }

    /** Some twice, as a producer does that has not heard of its confirmation; some that no sensor wants. */
    private void publish(Channel channel) throws Exception {
        for (int i = 0; i < MESSAGES_EACH; i++) {
            String id = "m-" + published.size();
            byte[] body = ("{\"wanted\": \"yes\", \"id\": \"" + id + "\", \"rest\": \"" + "x".repeat(1_900) + "\"}").getBytes(StandardCharsets.UTF_8);
            BasicProperties properties = new BasicProperties.Builder().messageId(id).deliveryMode(2).build();
            for (int times = random.nextInt(10) == 0 ? 2 : 1; times > 0; times--) {
                channel.basicPublish("crash", "node", properties, body);
            }
            channel.basicPublish("crash", "node", new BasicProperties.Builder().messageId("no-" + id).build(), "{\"wanted\": \"no\"}".getBytes(StandardCharsets.UTF_8));
            published.add(id);
        }
        channel.waitForConfirmsOrDie(20_000);
    }

    /** Points in turn, each followed by a random moment of the life or of the start-up. */
    private void live(Channel channel, int number) throws Exception {
        if (number % 2 == 0) {
            CrashPoints.Point point = CrashPoints.Point.values()[number / 2 % CrashPoints.Point.values().length];
            Process process = start(point + ":" + (1 + random.nextInt(MESSAGES_EACH / 2)));
            publish(channel);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(point + " reached").isTrue();
            assertThat(process.exitValue()).isEqualTo(137);
            kills.merge(point.name(), 1, Integer::sum);
        } else {
            boolean starting = number % 8 == 1;
            Process process = start(null);
            if (!starting) {
                awaitReady(process);
                publish(channel);
            }
            // Nothing is waited for here: the moment itself is what is tried.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(starting ? 1_500 : 500));
            kill(process);
            kills.merge(starting ? "random, during start-up" : "random, at work", 1, Integer::sum);
        }
    }

    private void liveUntilAllIsDone() throws Exception {
        Process process = start(null);
        awaitReady(process);
        try {
            int[] before = {-1};
            // Each Await lasts 20 s at most: as long as there is progress, the next one begins.
            while (Files.readAllLines(ledger).size() > before[0] && !isDone()) {
                before[0] = Files.readAllLines(ledger).size();
                Await.until("progress", () -> isDone() || Files.readAllLines(ledger).size() >= before[0] + 200);
            }
        } finally {
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private boolean isDone() throws IOException {
        return eventsOfRuns().keySet().containsAll(published);
    }

    private Process start(String crash) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String name : List.of("lang", "util", "io", "net", "text")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        if (crash != null) {
            command.add("-D" + CrashPoints.PROPERTY + "=" + crash);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CrashingWorkbench.class.getName()));
        command.addAll(List.of(config.toString(), vars.toString(), data.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.txt").toFile()))
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
    }

    private void awaitReady(Process process) throws Exception {
        Await.until("the workbench", () -> {
            assertThat(process.isAlive()).as(Files.readString(folder.resolve("errors.txt"))).isTrue();
            return Files.readString(folder.resolve("out.txt")).contains(CrashingWorkbench.READY);
        });
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Ids of the starts that ran for each event. */
    private Map<String, List<String>> eventsOfRuns() throws IOException {
        Map<String, List<String>> runs = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data.resolve("runs"), "*.json")) {
            for (Path file : files) {
                JsonNode run = Json.MAPPER.readTree(Files.readString(file));
                runs.computeIfAbsent(run.path("eventId").asText(), id -> new ArrayList<>()).add(run.path("start").asText());
            }
        }
        return runs;
    }

    private void compare(long seconds, String broker) throws IOException {
        Map<String, List<String>> runs = eventsOfRuns();
        List<String> done = Files.readAllLines(ledger);
        Set<String> lost = new HashSet<>(published);
        lost.removeAll(runs.keySet());
        List<List<String>> twice = new ArrayList<>(runs.values().stream().filter(starts -> starts.size() > 1).toList());
        int repeated = done.size() - new HashSet<>(done).size();
        int cutOff = runs.size() - new HashSet<>(done).size();
        String report = "%d kills with %s in %d s: %s%n%d messages, %d runs: %d lost, %d run twice, %d done twice; %d runs were cut off before they had done anything%n"
                .formatted(KILLS, broker, seconds, kills, published.size(), runs.size(), lost.size(), twice.size(), repeated, cutOff);
        Files.writeString(Path.of("target", "crash-matrix.txt"), report);
        assertThat(lost).as("lost, seed " + seed + ": " + report).isEmpty();
        assertThat(twice).as("run twice, seed " + seed + ": " + report).isEmpty();
        assertThat(repeated).as("done twice, seed " + seed + ": " + report).isZero();
        assertThat(runs.keySet()).as("only what was published").isEqualTo(published);
        assertThat(cutOff).as("a kill cuts off four runs at most: " + report).isLessThanOrEqualTo(4 * KILLS);
    }
}
