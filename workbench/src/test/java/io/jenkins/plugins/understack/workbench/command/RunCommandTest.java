package io.jenkins.plugins.understack.workbench.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.workbench.Await;
import io.jenkins.plugins.understack.workbench.CommandLineRun;
import io.jenkins.plugins.understack.workbench.Understack;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, because it ends by a signal. */
class RunCommandTest {
    private static final String CONFIGURATION =
            """
            unclassified:
              understack:
                eventSources:
                  - amqp:
                      name: nobody
                      uri: amqp://127.0.0.1:1/x
                      events: [{name: e, exchange: x, routingKeys: [k]}]
                  - webhook:
                      name: alerts
                      events: [{name: alert, path: alert, authentication: none}]
                sensors:
                  - name: alert
                    source: alerts
                    event: alert
                    job: get-device-nautobot
                    parameters: [{name: hostname, path: body.node}]
            """;

    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void writeConfiguration() throws Exception {
        config = Files.writeString(folder.resolve("understack.yaml"), CONFIGURATION);
    }

    @Test
    void tellsWhatHappensUntilItIsStopped() throws Exception {
        Path out = folder.resolve("out.txt");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String name : List.of("lang", "util", "io", "net", "text")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Understack.class.getName()));
        command.addAll(List.of("run", "--config", config.toString(), "--port", "0", "--data", folder.resolve("data").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(out.toString()))
                .start();
        try {
            Await.until("a webhook", () -> Files.readString(out).contains("· webhook POST "));
            Matcher url = Pattern.compile("POST (http://127.0.0.1:\\d+/understack/alerts/alert)").matcher(Files.readString(out));
            assertThat(url.find()).isTrue();
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url.group(1)))
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"node\": \"h1\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(202);
            Await.until("the end of the workflow", () -> Files.readString(out).contains("└─✖ getDevice h1"));
            Await.until("the broken source", () -> Files.readString(out)
                    .contains("! event source \"nobody\": uri: nothing answers at 127.0.0.1:1 ("));
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
        assertThat(Files.readString(out))
                .contains("· data in " + folder.resolve("data"))
                .contains("✔ alert: match, starts get-device-nautobot with hostname=h1")
                .contains("Message:      getDevice: no Nautobot is configured; expected unclassified.understack.nautobot")
                .endsWith("· stopping\n· stopped\n")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void aJobThatTheLibraryDoesNotHaveIsRefused() throws Exception {
        Files.writeString(config, CONFIGURATION.replace("job: get-device-nautobot", "job: get-device-nautbot"));

        CommandLineRun run = CommandLineRun.of(Map.of(), "run", "--config", config.toString(), "--data", folder.resolve("data").toString(), "--port", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("understack: " + config + ": unclassified.understack.sensors[0].job: \"get-device-nautbot\" stands for the workflow"
                        + " \"getDeviceNautbot\", which the library does not have; expected one of [");
    }

    @Test
    void aPortInUseIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun run = CommandLineRun.of(
                    Map.of(), "run", "--config", config.toString(), "--data", folder.resolve("data").toString(), "--port", String.valueOf(taken.getLocalPort()));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualTo("understack: --port: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (Address already in use); choose another with --port\n");
        }
    }
}
