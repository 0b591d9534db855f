package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.RestArguments;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.NautobotException;
import java.time.Duration;

/** {@code nautobotGraphql(query: 'query ($name: [String]) { … }', variables: [name: ['h1']])}: {@code data} of the answer. */
final class NautobotGraphqlStep extends NautobotStep {
    NautobotGraphqlStep(NautobotAccess access) {
        super(access, "nautobotGraphql", "query", "variables");
    }

    @Override
    public String soleArgument() {
        return "query";
    }

    @Override
    public String summary(StepArguments arguments) {
        return PlainValues.line(arguments.text("query", ""), 100);
    }

    @Override
    Object ask(NautobotClient nautobot, Duration timeout, StepArguments arguments) throws NautobotException, InterruptedException {
        return Json.plain(nautobot.graphql(
                arguments.text("query", null), RestArguments.json("variables", arguments.get("variables")), timeout));
    }
}
