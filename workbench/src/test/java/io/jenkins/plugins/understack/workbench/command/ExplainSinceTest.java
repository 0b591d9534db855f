package io.jenkins.plugins.understack.workbench.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.RecordText;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.CommandLineRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain --since} against what a controller with the plugin answers; EventsApiTest produces the same file. */
class ExplainSinceTest {
    private static final String TOKEN = "11aabbccddeeff";

    /** The sensors that were in effect when the events were recorded. */
    private static final String CONFIGURATION =
            """
            unclassified:
              understack:
                eventSources:
                  - webhook:
                      name: openstack-ironic
                      events:
                        - name: openstack
                          path: path
                          authentication: none
                sensors:
                  - name: active
                    source: openstack-ironic
                    event: openstack
                    filters:
                      - {path: body.state, value: active}
                    job: job
                    parameters:
                      - {name: hostname, path: body.name}
                  - name: broken
                    source: openstack-ironic
                    event: openstack
                    filters:
                      - {path: body.state, value: error}
                    job: gone
                    parameters:
                      - {name: hostname, path: body.name}
            """;

    @TempDir
    Path folder;

    private HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();
    private int status = 200;
    private String type = "application/json;charset=utf-8";
    private String body;

    @BeforeEach
    void start() throws Exception {
        body = recorded();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        variables.put("JENKINS_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/jenkins/");
        variables.put("JENKINS_USER_ID", "operator");
        variables.put("JENKINS_API_TOKEN", TOKEN);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theSameSensorsDifferInNothing() throws Exception {
        CommandLineRun run = explain(CONFIGURATION, "--since", "1h30m");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith(
                """
                2 events: 0 starts new, 0 gone, 0 with other parameters, 2 as before
                · 2 starts by triggers of jobs, which no configuration file holds, were left out
                """);
        assertThat(requests).containsExactly("GET /jenkins/manage/understack-events/api/events?since=PT1H30M Basic b3BlcmF0b3I6MTFhYWJiY2NkZGVlZmY=");
    }

    @Test
    void newGoneAndChangedStartsAreShown() throws Exception {
        body = body.replace("2026-01-31T11:00:00Z", "9999-01-31T11:00:00Z");
        String changed = CONFIGURATION
                .replace("body.state, value: active", "body.state, value: [active, error]")
                .replace("body.state, value: error", "body.state, value: failed")
                .replaceFirst("path: body.name}", "path: body.state}\n          - {name: kind, value: node}");

        assertThat(explain(changed, "--since", "1h").out())
                .isEqualTo(
                        """
                        ● event first from openstack-ironic/openstack  2026-01-31T12:00:00Z  id m-1
                          ~ active: changed, starts job
                              hostname: "h1" -> "active"
                              kind: not given -> "node"
                        ● event second from openstack-ironic/openstack  2026-01-31T12:00:01Z  id m-2
                          - broken: gone, started gone
                              reject filters[0]: body.state is "error"; expected "failed"
                          + active: new, starts job with hostname=error, kind=node
                        2 events: 1 starts new, 1 gone, 1 with other parameters, 0 as before
                        · 2 starts by triggers of jobs, which no configuration file holds, were left out
                        · recorded only since 9999-01-31T11:00:00Z: Jenkins keeps the last events in memory while it runs
                        """);
        assertThat(json(explain(changed, "--since", "1h", "--json")))
                .isEqualTo(Json.parse(
                        """
                        {
                          "recordedSince": "9999-01-31T11:00:00Z",
                          "events": 2,
                          "differences": [
                            {
                              "event": {"specversion": "1.0", "id": "m-1", "source": "openstack-ironic", "subject": "openstack",
                                        "type": "first", "sourcekind": "webhook", "time": "2026-01-31T12:00:00Z"},
                              "sensor": "active",
                              "change": "changed",
                              "before": {"job": "job", "parameters": {"hostname": "h1"}},
                              "after": {"job": "job", "parameters": {"hostname": "active", "kind": "node"}},
                              "reasons": []
                            },
                            {
                              "event": {"specversion": "1.0", "id": "m-2", "source": "openstack-ironic", "subject": "openstack",
                                        "type": "second", "sourcekind": "webhook", "time": "2026-01-31T12:00:01Z"},
                              "sensor": "broken",
                              "change": "gone",
                              "before": {"job": "gone", "parameters": {"hostname": "h2"}},
                              "reasons": [{"part": "filters[0]", "outcome": "reject",
                                           "detail": "body.state is \\"error\\"; expected \\"failed\\""}]
                            },
                            {
                              "event": {"specversion": "1.0", "id": "m-2", "source": "openstack-ironic", "subject": "openstack",
                                        "type": "second", "sourcekind": "webhook", "time": "2026-01-31T12:00:01Z"},
                              "sensor": "active",
                              "change": "new",
                              "after": {"job": "job", "parameters": {"hostname": "error", "kind": "node"}},
                              "reasons": []
                            }
                          ],
                          "starts": {"new": 1, "gone": 1, "changed": 1, "same": 0, "ofJobs": 2},
                          "errors": 0
                        }
                        """));
    }

    @Test
    void anotherNameIsNoDifferenceAndAMissingSensorIsSaid() throws Exception {
        String changed = CONFIGURATION.substring(0, CONFIGURATION.indexOf("      - name: broken")).replace("name: active", "name: renamed");

        assertThat(explain(changed, "--since", "1h").out())
                .contains("  - broken: gone, started gone\n      no sensor of this name depends on the event\n", "1 gone", "1 as before")
                .doesNotContain("renamed");
    }

    @Test
    void eachStartOfSeveralIsCompared() throws Exception {
        body = body.replaceFirst(
                "(?s)\"start\" : (\\{.*?\\}\\s*\\})",
                "\"start\" : {\"job\": \"job\", \"parameters\": {\"hostname\": \"a\"}}, \"starts\" : ["
                        + "{\"job\": \"job\", \"parameters\": {\"hostname\": \"a\"}}, {\"job\": \"job\", \"parameters\": {\"hostname\": \"b\"}}]");
        String changed = CONFIGURATION.replaceFirst(
                "(?s)job: job\\n(.*?)path: body.name", "job: job\n        forEach: '\"b\", \"c\", \"d\"'\n$1path: item");

        assertThat(explain(changed, "--since", "1h").out())
                .contains("~ active: changed, starts job\n      hostname: \"a\" -> \"c\"\n", "+ active: new, starts job with hostname=d", "2 as before");
    }

    @Test
    void nothingIsRecordedYet() throws Exception {
        body = "{\"recordedSince\": \"9999-01-31T11:00:00Z\", \"events\": []}";

        assertThat(explain(CONFIGURATION, "--since", "1h").out())
                .isEqualTo(
                        """
                        0 events: 0 starts new, 0 gone, 0 with other parameters, 0 as before
                        · recorded only since 9999-01-31T11:00:00Z: Jenkins keeps the last events in memory while it runs
                        """);
    }

    @Test
    void whatJenkinsAnswersIsSaidInWords() throws Exception {
        body = "<html>" + TOKEN + "</html>";
        type = "text/html";
        for (Map.Entry<Integer, String> answer : Map.of(
                        200, "the answer is no JSON; is this the URL of Jenkins itself?",
                        401, "user \"operator\" and the token are refused; check JENKINS_USER_ID and JENKINS_API_TOKEN",
                        403, "user \"operator\" lacks the permission Overall/Administer, which event data need",
                        404, "there are no recorded events (status 404); is this the URL of Jenkins, and has it this plugin",
                        302, "status 302, a redirect to http://elsewhere.example, which is not followed",
                        500, "status 500; the log of Jenkins has the reason")
                .entrySet()) {
            status = answer.getKey();
            failed(1, url() + ": " + answer.getValue(), "--since", "1h");
        }
        assertThat(requests).hasSize(6);
        status = 200;
        type = "application/json";
        for (String wrong : List.of("{\"events\": [}", "[]", "{\"a\": {}}", "{\"recordedSince\": \"today\"}")) {
            body = wrong;
            failed(1, "is the plugin there of another version?", "--since", "1h");
        }
        server.stop(0);
        failed(1, url() + ": cannot be reached (", "--since", "1h");
    }

    @Test
    void wrongUsageIsSaidBeforeAnythingIsAsked() throws Exception {
        failed(2, "--since: \"yesterday\" is no duration; expected one such as 30s, 10m, 1h30m or 2d", "--since", "yesterday");
        failed(2, "mutually exclusive", "--since", "1h", "--event", "x", "--source", "s", "--name", "n");
        failed(2, "Missing required argument", "--json");
        failed(2, "--url: is no URL of Jenkins", "--since", "1h", "--url", "ftp://jenkins.example.com");
        failed(2, "--url: contains a user; expected it in JENKINS_USER_ID and JENKINS_API_TOKEN", "--since", "1h", "--url", "http://u:" + TOKEN + "@jenkins.example.com");
        variables.remove("JENKINS_API_TOKEN");
        failed(2, "JENKINS_API_TOKEN: is not set; expected an API token of the user JENKINS_USER_ID", "--since", "1h");
        variables.remove("JENKINS_USER_ID");
        failed(2, "JENKINS_USER_ID: is not set; expected the id of a user with the permission Overall/Administer", "--since", "1h");
        variables.remove("JENKINS_URL");
        failed(2, "--url: is missing, and JENKINS_URL is not set", "--since", "1h");
        assertThat(requests).isEmpty();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jenkins";
    }

    private void failed(int exitCode, String words, String... options) throws Exception {
        CommandLineRun run = explain(CONFIGURATION, options);
        assertThat(run.err()).contains(words).hasLineCount(1).doesNotContain(TOKEN, "internal error");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private CommandLineRun explain(String configuration, String... options) throws Exception {
        Path config = Files.writeString(folder.resolve("changed.yaml"), configuration);
        return CommandLineRun.of(variables, Stream.concat(
                        Stream.of("explain", "--config", config.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private static JsonNode json(CommandLineRun run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Json.parse(run.out());
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Location", "http://elsewhere.example/login?from=" + TOKEN);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String recorded() throws IOException {
        try (InputStream golden = RecordText.class.getResourceAsStream("recorded-events.json")) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
