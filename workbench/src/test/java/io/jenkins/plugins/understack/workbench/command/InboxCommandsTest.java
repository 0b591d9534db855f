package io.jenkins.plugins.understack.workbench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.Await;
import io.jenkins.plugins.understack.workbench.CommandLineRun;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import io.jenkins.plugins.understack.workbench.server.WorkbenchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** events, dead-letters and replay, while run is at work on the same folder and after it. */
class InboxCommandsTest {
    private static final String CONFIGURATION =
            """
            unclassified:
              understack:
                eventSources:
                  - webhook:
                      name: alerts
                      events: [{name: alert, path: alert, authentication: none}]
                sensors:
                  - name: logs
                    source: alerts
                    event: alert
                    where: .body.node != null
                    job: log-node
                    parameters: [{name: node, path: body.node}]
                  - name: lost
                    source: alerts
                    event: alert
                    job: not-yet
            """;

    @TempDir
    Path folder;

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private Path config;
    private Path vars;
    private Path dataPath;
    private DataFolder data;
    private WorkbenchServer server;

    @BeforeEach
    void prepare() throws Exception {
        config = Files.writeString(folder.resolve("understack.yaml"), CONFIGURATION);
        vars = Files.createDirectory(folder.resolve("vars"));
        dataPath = folder.resolve("data");
        Files.writeString(vars.resolve("logNode.groovy"), "def call(Map inputs) { return inputs.node }");
        start();
    }

    private void start() throws Exception {
        data = DataFolder.open(dataPath);
        server = WorkbenchServer.start(
                ConfigurationFile.load(config, Map.of()),
                WorkflowLibrary.of(vars),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                data,
                (event, made) -> {},
                (event, sensor, result) -> ran.add(sensor + " " + event.id()));
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
            data.close();
            server = null;
        }
    }

    @Test
    void whatIsInTheInboxIsShownByTheRunAndWithoutIt() throws Exception {
        post("id-1", "{\"node\": \"n1\"}");
        post("id-2", "{\"node\": \"s3cret-n2\"}");
        Await.until("all settled", () -> server.desk().counts().path("pending").asInt() == 0 && ran.size() == 2);
        CommandLineRun whileAtWork = run("events");
        String details = run("events", "1").out();
        String letters = run("dead-letters").out();
        stop();

        assertThat(whileAtWork.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("NUMBER            ACCEPTED             EVENT         STARTS"),
                        line -> assertThat(line).startsWith("0000000000000002  ").contains("alerts/alert", "1 dead-letter, 1 started", "id-2"),
                        line -> assertThat(line).startsWith("0000000000000001  ").contains("alerts/alert", "1 dead-letter, 1 started", "id-1"));
        assertThat(run("events").out()).isEqualTo(whileAtWork.out());
        assertThat(details)
                .contains("  logs: match\n", "      pass   where: ", "  started  log-node by logs: logNode-", " (Succeeded)\n")
                .contains("  dead-letter  not-yet by lost: job: \"not-yet\" stands for the workflow \"notYet\"");
        assertThat(run("events", "1").out()).isEqualTo(details);
        assertThat(letters).contains("0000000000000002-000", "  start  alerts/alert  lost    job: \"not-yet\" stands for");
        assertThat(run("dead-letters").out()).isEqualTo(letters);
        assertThat(run("events", "--json").out() + run("events", "2").out() + letters)
                .as("event data")
                .doesNotContain("s3cret-n2");
        assertThat(run("events", "--limit", "1", "--source", "alerts").out().lines()).hasSize(2);
        assertThat(run("events", "--source", "other").out()).isEqualTo("no events; only those that matched are kept\n");
        assertThat(run("events", "--id", "d-1", "--sensor", "lost", "--job", "not-yet", "--state", "dead-letter").out().lines()).hasSize(2);
        assertThat(run("events", "--sensor", "lost", "--state", "started").out()).isEqualTo("no events; only those that matched are kept\n");
        assertThat(run("events", "--state", "done").err())
                .startsWith("understack: --state: is unknown; expected one of pending, dead-letter, started, ");
        assertThat(run("dead-letters", "--event", "alert", "--id", "id-2").out().lines()).hasSize(2);
        assertThat(run("dead-letters", "--sensor", "logs").out()).isEqualTo("no dead letters\n");
        assertThat(run("events", "77").err()).isEqualTo("understack: there is no event 0000000000000077; only events that matched are kept,"
                + " see \"understack events\"\n");
    }

    @Test
    void aDeadLetterIsReplayedWhenItsReasonIsMended() throws Exception {
        post("id-1", "{\"node\": \"n1\"}");
        Await.until("the dead letter", () -> server.desk().counts().path("deadLetters").asInt() == 1 && ran.size() == 1);
        String letter = newestDeadLetter();
        stop();
        assertThat(run("replay", letter).err())
                .isEqualTo("understack: replay decides by the sensors of a configuration, and no run is at work here; expected --config FILE\n");
        assertThat(run("replay", "1-7", "--config", config.toString()).err())
                .isEqualTo("understack: there is no dead letter 0000000000000001-0007; see \"understack dead-letters\"\n");

        CommandLineRun replay = run("replay", letter, "--config", config.toString());

        assertThat(replay.out())
                .startsWith("● event 0000000000000001 from alerts/alert\n  lost: match\n")
                .endsWith("· pending; the next \"understack run\" on " + dataPath + " starts them\n");
        assertThat(run("dead-letters").out()).isEqualTo("no dead letters\n");
        assertThat(run("events", "1").out()).contains("0000000000000001-0002  pending  not-yet by lost\n");

        Files.writeString(vars.resolve("notYet.groovy"), "def call(Map inputs) { return 'now' }");
        start();
        Await.until("the replay", () -> ran.contains("lost id-1"));
        JsonNode decisions = Json.MAPPER.readTree(run("replay", "1", "--sensor", "lost", "--json").out()).get(0).path("decisions");
        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0).path("sensor").asText()).isEqualTo("lost");
        Await.until("one more by the run that is at work", () -> ran.size() == 3);
        assertThat(ran).containsExactly("logs id-1", "lost id-1", "lost id-1");
    }

    @Test
    void allDeadLettersAreReplayedAndOneIsDiscarded() throws Exception {
        post("id-1", "{}");
        post("id-2", "{}");
        Await.until("the dead letters", () -> server.desk().counts().path("deadLetters").asInt() == 2);

        assertThat(run("dead-letters", "--discard", "2-0", "--reason", "done by hand").out())
                .isEqualTo("✔ discarded 0000000000000002-0000\n");
        assertThat(run("events", "2").out()).contains("0000000000000002-0000  discarded  not-yet by lost: done by hand\n");
        assertThat(run("dead-letters", "--discard", "2-0").exitCode()).as("without --reason").isEqualTo(2);
        CommandLineRun replay = run("replay", "--all-dead-letters");
        assertThat(replay.out())
                .isEqualTo("● event 0000000000000001 from alerts/alert\n  lost: match\n· by the sensors of the run that is at work; it starts them\n");
        Await.until("the same refusal", () -> server.desk().counts().path("deadLetters").asInt() == 1);
        JsonNode letters = Json.MAPPER.readTree(run("dead-letters", "--json").out());
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).path("id").asText()).isEqualTo("0000000000000001-0001");
        assertThat(run("replay", "--all-dead-letters", "--sensor", "logs").out()).startsWith("nothing to replay\n");
    }

    @Test
    void onlyWhoCanReadTheTokenIsAnswered() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataPath.resolve("api.json")))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataPath))).isEqualTo("rwx------");
        String url = Json.MAPPER.readTree(Files.readString(dataPath.resolve("api.json"))).path("url").asText();
        for (String authorization : List.of("Bearer ", "Bearer x", "Basic eDp5")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .header("Authorization", authorization)
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"do\": \"events\", \"limit\": 5}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
        }
        stop();
        assertThat(dataPath.resolve("api.json")).doesNotExist();
    }

    @Test
    void wrongUseIsSaid() {
        assertThat(run("replay").err()).contains("expected ids of dead letters or numbers of events, or else --all-dead-letters");
        assertThat(run("events", "x").err()).isEqualTo("understack: \"x\" is no number of an event; expected 1 to 16 digits 0-9a-f\n");
        CommandLineRun nowhere =
                CommandLineRun.of(Map.of(), "events", "--data", folder.resolve("none").toString());
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("none has no inbox; expected the folder that \"understack run\" names on start-up");
        CommandLineRun second = run("run", "--config", config.toString(), "--library", folder.toString());
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).endsWith("data is in use by another process; choose another folder with --data\n");
    }

    /** Sensors are asked in no certain order, so starts are numbered in none. */
    private String newestDeadLetter() throws IOException {
        return Json.MAPPER.readTree(run("dead-letters", "--json").out()).get(0).path("id").asText();
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", dataPath.toString()));
        return CommandLineRun.of(Map.of(), all.toArray(String[]::new));
    }

    private void post(String id, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.webhooks().get(0).replaceFirst("^POST ", "")))
                                .header("ce-id", id)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(202);
    }
}
