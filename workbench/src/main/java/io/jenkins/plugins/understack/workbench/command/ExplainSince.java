package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.workbench.print.DifferencePrinter;
import io.jenkins.plugins.understack.workbench.replay.ControllerClient;
import io.jenkins.plugins.understack.workbench.replay.Recording;
import io.jenkins.plugins.understack.workbench.replay.Replay;
import io.jenkins.plugins.understack.workbench.replay.ReplayException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code understack explain --since}: what changed sensors make of the events that a controller has recorded. */
final class ExplainSince {
    /** A day of events at the most, over a slow line. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Option(
            names = "--since",
            required = true,
            paramLabel = "DURATION",
            description = "Instead of one event: those that a Jenkins has recorded within that time, such as 1h30m."
                    + " Prints which starts would differ. User and API token come from JENKINS_USER_ID and JENKINS_API_TOKEN.")
    private String since;

    @Option(names = "--url", paramLabel = "URL", description = "URL of that Jenkins (default: JENKINS_URL of the environment).")
    private String url;

    void run(CommonOptions options, Environment environment, boolean json) throws Exception {
        Duration duration = duration();
        URI target = target(environment.variables());
        String user = variable(environment, "JENKINS_USER_ID", "the id of a user with the permission Overall/Administer");
        String token = variable(environment, "JENKINS_API_TOKEN", "an API token of the user JENKINS_USER_ID");
        Replay replay = new Replay(options.load(environment).configuration().sensors());
        Instant recordedSince;
        try {
            byte[] events = new ControllerClient(target, user, token, TIMEOUT).events(duration);
            recordedSince = Recording.read(events, replay::show);
        } catch (ReplayException e) {
            throw CommandFailedException.failed(e.getMessage());
        }
        DifferencePrinter printer = new DifferencePrinter(environment.console().style());
        environment.console().print(json
                ? printer.toJson(replay, recordedSince).toPrettyString()
                : printer.print(replay, recordedSince, Instant.now().minus(duration)));
    }

    private Duration duration() throws CommandFailedException {
        try {
            return Durations.parse("--since", Fields.required("--since", since));
        } catch (InvalidFieldException e) {
            throw CommandFailedException.wrong(e.getMessage());
        }
    }

    /** Without the slash that {@code JENKINS_URL} ends with. */
    private URI target(Map<String, String> variables) throws CommandFailedException {
        String given = url == null ? variables.getOrDefault("JENKINS_URL", "") : url;
        String name = url == null ? "JENKINS_URL" : "--url";
        if (given.isBlank()) {
            throw CommandFailedException.wrong("--url: is missing, and JENKINS_URL is not set; expected the URL of Jenkins");
        }
        URI uri;
        try {
            uri = URI.create(given.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrong(name + ": is no URL; expected, for example, https://jenkins.example.com");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.matches("https?") || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw CommandFailedException.wrong(name + ": is no URL of Jenkins; expected, for example, https://jenkins.example.com");
        }
        if (uri.getRawUserInfo() != null) {
            // Not repeated: it may hold the token.
            throw CommandFailedException.wrong(name + ": contains a user; expected it in JENKINS_USER_ID and JENKINS_API_TOKEN");
        }
        return uri;
    }

    private static String variable(Environment environment, String name, String expected) throws CommandFailedException {
        String value = environment.variables().getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw CommandFailedException.wrong(name + ": is not set; expected " + expected);
        }
        return value;
    }
}
