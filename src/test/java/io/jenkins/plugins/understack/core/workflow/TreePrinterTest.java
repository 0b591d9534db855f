package io.jenkins.plugins.understack.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.workflow.StepTree.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreePrinterTest {
    private static final Instant START = Instant.parse("2026-11-21T17:00:00Z");
    private static final Paint MARKED = new Paint() {
        @Override
        public String good(String text) {
            return "<" + text + ">";
        }

        @Override
        public String bad(String text) {
            return "[" + text + "]";
        }
    };

    @Test
    void aRunningWorkflowAsArgoGetShowsIt() {
        StepTree root = node(
                "team/obm-sync-creds#7", State.RUNNING, Duration.ofSeconds(75), "",
                node("sync", State.RUNNING, Duration.ofMillis(70_500), "",
                        node("getObmIp h1", State.SUCCEEDED, Duration.ofMillis(12), "10.0.0.1"),
                        node("obmSyncCreds", State.RUNNING, Duration.ofMinutes(61), "")),
                node("skipped ✖", State.PENDING, Duration.ZERO, ""));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("hostname", "h1\nh2");
        parameters.put("a-name-that-is-long", "x".repeat(81));

        assertThat(print(Paint.NONE, root, parameters, "event m-1"))
                .isEqualTo(
                        """
                        Name:         team/obm-sync-creds#7
                        Status:       Running
                        Started by:   event m-1
                        Created:      2026-11-21 17:00:00 +0000
                        Duration:     1m15s
                        Parameters:
                          hostname:     h1 h2
                          a-name-that-is-long: %s…

                        STEP                      DURATION  MESSAGE
                         ● team/obm-sync-creds#7  1m15s
                         ├─● sync                 1m10s
                         │ ├─✔ getObmIp h1        12ms      10.0.0.1
                         │ └─● obmSyncCreds       1h1m
                         └─◷ skipped ✖            0ms""".formatted("x".repeat(80)));
    }

    @Test
    void whatWentWrongIsSaidAndPainted() {
        StepTree root = node(
                "w-1", State.FAILED, Duration.ofMillis(1500), "no such device",
                node("ok ✔", State.SUCCEEDED, Duration.ZERO, ""),
                node("error", State.FAILED, Duration.ZERO, "no such device"),
                node("stopped", State.ABORTED, Duration.ZERO, ""),
                node("odd", State.UNSTABLE, Duration.ZERO, ""));

        assertThat(print(MARKED, root, Map.of(), null))
                .contains("Status:       [Failed]", "Message:      no such device", "Duration:     1.5s")
                .contains(" [✖] w-1", "├─<✔> ok ✔", "├─[✖] error", "├─[■] stopped", "└─⚠ odd");
    }

    @Test
    void programsGetTheSame() throws Exception {
        StepTree root = node("w", State.FAILED, Duration.ZERO, "", node("a", State.UNSTABLE, Duration.ofMillis(5), "m", node("b", State.RUNNING, Duration.ZERO, "")));

        assertThat(Json.parse(root.stepsToJson().toString()))
                .isEqualTo(Json.parse(
                        """
                        [{"name": "a", "status": "Unstable", "startedAt": "2026-11-21T17:00:00Z", "durationMs": 5, "message": "m", "steps": [
                          {"name": "b", "status": "Running", "startedAt": "2026-11-21T17:00:00Z", "durationMs": 0, "message": "", "steps": []}]}]
                        """));
    }

    private static StepTree node(String name, State state, Duration duration, String message, StepTree... steps) {
        return new StepTree(name, state, START, duration, message, List.of(steps));
    }

    private static String print(Paint paint, StepTree root, Map<String, String> parameters, String startedBy) {
        return new TreePrinter(paint, ZoneOffset.UTC).print(root, parameters, startedBy).replace(System.lineSeparator(), "\n");
    }
}
