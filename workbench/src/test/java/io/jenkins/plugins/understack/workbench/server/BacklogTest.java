package io.jenkins.plugins.understack.workbench.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.inbox.InboxApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More messages wait in the broker than the heap of a workbench can hold. It takes as many as may be pending, answers those who look
 * at its inbox, and goes through all of them when its starts may go on.
 *
 * <p>{@code -Dunderstack.backlog.messages=1000000}; {@code understack bench backlog} does it.
 */
class BacklogTest {
    private static final int MESSAGES = Integer.getInteger("understack.backlog.messages", 6_000);
    private static final int PENDING = Integer.getInteger("understack.backlog.pending", 1_000);
    private static final int PREFETCH = 100;
    private static final int BODY = Integer.getInteger("understack.backlog.body", 12_000);
    private static final int HEAP_MEGABYTES = Integer.getInteger("understack.backlog.heap", 64);
    private static final int UNCONFIRMED = 2_000;
    private static final String QUEUE = "backlog";
    private static final String CONFIGURATION =
            """
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword: {id: broker, username: "%s", password: "%s"}
            unclassified:
              understack:
                inbox: {pending: %d}
                eventSources:
                  - amqp:
                      name: ironic
                      uri: %s
                      credentialsId: broker
                      events:
                        - {name: nodes, queue: backlog, declare: false, prefetch: %d}
                sensors:
                  - name: node
                    source: ironic
                    event: nodes
                    filters: [{path: body.wanted, value: "yes"}]
                    job: get-device-nautobot
                    parameters: [{name: id, path: body.id}]
            """;

    @TempDir
    Path folder;

    private final List<Double> answers = new ArrayList<>();

    @Test
    void aBacklogLargerThanTheHeap() throws Exception {
        assertThat((long) MESSAGES * BODY).isGreaterThan(HEAP_MEGABYTES * 1024L * 1024);
        TestBroker broker = TestBroker.get();
        Path config = Files.writeString(
                folder.resolve("understack.yaml"),
                CONFIGURATION.formatted(broker.username(), broker.password(), PENDING, broker.uri(), PREFETCH));
        Path data = folder.resolve("data");
        try (Connection connection = broker.connect();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(QUEUE, true, false, false, null);
            publish(channel);
            Process process = start(config, data);
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(line(out)).isEqualTo(BacklogWorkbench.READY);
                int taken = awaitTaken(channel);
                assertThat(taken).as("pending, and un-acknowledged").isBetween(PENDING, PENDING + 2 * PREFETCH);
                ask(data);
                process.outputWriter().append('\n').flush();
                long begin = System.nanoTime();
                long waiting = inUse(line(out));
                CompletableFuture<Long> ended = CompletableFuture.supplyAsync(() -> mostInUse(out));
                while (!ended.isDone()) {
                    ask(data);
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                report(broker, taken, waiting, ended.get(), (System.nanoTime() - begin) / 1e9);
                process.outputWriter().append('\n').flush();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(channel.messageCount(QUEUE)).isZero();
            } finally {
                process.destroyForcibly().waitFor();
                channel.queueDelete(QUEUE);
            }
        }
    }

    private static void publish(Channel channel) throws Exception {
        channel.confirmSelect();
        String rest = "x".repeat(BODY);
        for (int i = 1; i <= MESSAGES; i++) {
            byte[] body = ("{\"wanted\": \"yes\", \"id\": \"" + i + "\", \"rest\": \"" + rest + "\"}").getBytes(StandardCharsets.UTF_8);
            channel.basicPublish("", QUEUE, new BasicProperties.Builder().messageId("m-" + i).build(), body);
            if (i % UNCONFIRMED == 0 || i == MESSAGES) {
                channel.waitForConfirmsOrDie(60_000);
            }
        }
    }

    private Process start(Path config, Path data) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String name : List.of("lang", "util", "io", "net", "text")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xmx" + HEAP_MEGABYTES + "m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BacklogWorkbench.class.getName()));
        command.addAll(List.of(config.toString(), data.toString(), Integer.toString(MESSAGES)));
        return new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile()).start();
    }

    /** As many as may be pending, and a full prefetch that is not acknowledged: then it takes no more. */
    private static int awaitTaken(Channel channel) throws IOException {
        Await.until(() -> channel.messageCount(QUEUE), left -> MESSAGES - left >= PENDING + PREFETCH);
        return MESSAGES - (int) channel.messageCount(QUEUE);
    }

    /** The newest events with their decisions, as a page shows them. */
    private void ask(Path data) throws Exception {
        long begin = System.nanoTime();
        JsonNode page = InboxApi.ask(data, Json.MAPPER.createObjectNode().put("do", "events").put("limit", 50));
        answers.add((System.nanoTime() - begin) / 1e6);
        assertThat(page).hasSize(50);
    }

    private String line(BufferedReader out) throws IOException {
        String line = out.readLine();
        assertThat(line).as(Files.readString(folder.resolve("errors.txt"))).isNotNull();
        return line;
    }

    private static long inUse(String line) {
        assertThat(line).startsWith(BacklogWorkbench.IN_USE);
        return Long.parseLong(line.substring(BacklogWorkbench.IN_USE.length()));
    }

    private long mostInUse(BufferedReader out) {
        try {
            long most = 0;
            for (String line = line(out); !line.equals(BacklogWorkbench.DONE); line = line(out)) {
                most = Math.max(most, inUse(line));
            }
            return most;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(TestBroker broker, int taken, long waiting, long working, double seconds) throws IOException {
        double[] sorted = answers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        String report = String.format(
                Locale.ROOT,
                "%,d messages of %,d bytes in %s, heap of the workbench limited to %d MB (-Xmx): in use after a collection %.1f MB while %,d"
                        + " are taken and the others wait, %.1f MB at most on the way through all of them%n"
                        + "all taken, stored, started and settled in %.0f s (%,.0f/s); the newest 50 events asked for %d times meanwhile:"
                        + " p50 %.0f ms, longest %.0f ms%n",
                MESSAGES, BODY, broker.isRabbitMq() ? "RabbitMQ" : "the embedded broker", HEAP_MEGABYTES, waiting / 1e6, taken, working / 1e6,
                seconds, MESSAGES / seconds, sorted.length, sorted[sorted.length / 2], sorted[sorted.length - 1]);
        Files.writeString(Path.of("target", "backlog.txt"), report);
    }
}
