package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import io.jenkins.plugins.understack.core.nautobot.NautobotQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code nautobotQuery(method: 'GET', uri: '/dcim/devices/', query: [name: 'h1'], body: null, all: false)}: the answer of
 * Nautobot's REST API as maps and lists; null when it has no body.
 */
final class NautobotQueryStep extends NautobotStep {
    NautobotQueryStep(NautobotAccess access) {
        super(access, "nautobotQuery", "method", "uri", "query", "body", "all");
    }

    @Override
    public String soleArgument() {
        return "uri";
    }

    @Override
    public String summary(StepArguments arguments) {
        try {
            NautobotQuery query = query(arguments);
            return PlainValues.line(query.method() + " " + query.uri(), 100);
        } catch (InvalidFieldException | WorkflowFailure e) {
            return "";
        }
    }

    @Override
    Object ask(NautobotClient nautobot, Duration timeout, StepArguments arguments) throws NautobotException, InterruptedException {
        return Json.plain(nautobot.query(query(arguments), timeout));
    }

    private static NautobotQuery query(StepArguments arguments) {
        return NautobotQuery.of(
                arguments.text("method", ""),
                arguments.text("uri", null),
                arguments.get("query"),
                arguments.get("body"),
                arguments.flag("all"));
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
