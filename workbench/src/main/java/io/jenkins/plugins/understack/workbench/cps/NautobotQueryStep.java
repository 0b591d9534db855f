package io.jenkins.plugins.understack.workbench.cps;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code nautobotQuery(method: 'GET', uri: '/dcim/devices/?name=h1', body: null, timeout: 30)}: the answer of Nautobot's
 * REST API as maps and lists; null when it has no body. {@code timeout} is in seconds.
 */
final class NautobotQueryStep implements Step {
    private final NautobotClient nautobot;

    /** @param nautobot null where none is configured */
    NautobotQueryStep(NautobotClient nautobot) {
        this.nautobot = nautobot;
    }

    @Override
    public String name() {
        return "nautobotQuery";
    }

    @Override
    public List<String> arguments() {
        return List.of("method", "uri", "body", "timeoutSeconds");
    }

    @Override
    public String summary(StepArguments arguments) {
        String method = arguments.text("method", "GET").toUpperCase(Locale.ROOT);
        return PlainValues.line(method + " " + arguments.text("uri", ""), 100);
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        if (nautobot == null) {
            throw new WorkflowFailure("nautobotQuery: no Nautobot is configured; expected unclassified.understack.nautobot");
        }
        Object body = arguments.get("body");
        try {
            // As in Jenkins: a string is JSON, as it comes from the form of the snippet generator.
            JsonNode json = body instanceof CharSequence text
                    ? Json.parse(text.toString())
                    : body == null ? null : Json.fromPlain("body", body);
            return Json.plain(
                    nautobot.query(arguments.text("method", "GET"), arguments.text("uri", null), json, timeout(arguments)));
        } catch (NautobotException e) {
            throw new WorkflowFailure(e.getMessage(), e);
        } catch (InvalidFieldException e) {
            throw new WorkflowFailure("nautobotQuery: " + e.getMessage(), e);
        } catch (MalformedEventException e) {
            throw new WorkflowFailure("nautobotQuery: body " + e.getMessage(), e);
        }
    }

    /** Null for that of the configuration. */
    private static Duration timeout(StepArguments arguments) {
        Object seconds = arguments.get("timeoutSeconds");
        if (seconds == null) {
            return null;
        }
        try {
            int number = Integer.parseInt(seconds.toString());
            if (number > 0) {
                return Duration.ofSeconds(number);
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new WorkflowFailure("nautobotQuery: timeoutSeconds is \"" + PlainValues.line(seconds.toString(), 40)
                + "\"; expected a whole number of seconds, at least 1");
    }

    /** Lists of Nautobot say how much they hold. */
    @Override
    public String outcome(StepArguments arguments, Object result) {
        if (result instanceof Map<?, ?> map && map.get("results") instanceof List<?> results) {
            return results.size() + " of " + map.get("count") + (results.size() == 1 ? " result" : " results");
        }
        return PlainValues.shortForm(result);
    }
}
