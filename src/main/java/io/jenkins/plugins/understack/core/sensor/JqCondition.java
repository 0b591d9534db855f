package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.text.Quote;
import java.util.Locale;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A jq program that says true or false; everything else is an error. */
final class JqCondition {
    private final String part;
    private final JqProgram program;

    /** @throws InvalidFieldException naming {@code part} where {@code text} is no program, or always says the same */
    JqCondition(String part, String text) {
        this.part = part;
        program = JqProgram.compile(part, text);
        if (text.equals("true") || text.equals("false")) {
            throw new InvalidFieldException(part, "is always " + text + "; expected a condition on the event, such as .body.severity == \"critical\"");
        }
    }

    Reason evaluate(JsonNode data) {
        try {
            JsonNode result = program.first(data);
            if (result.isBoolean()) {
                return result.booleanValue()
                        ? new Reason(part, Outcome.PASS, "holds")
                        : new Reason(part, Outcome.REJECT, "does not hold");
            }
            String kind = result.getNodeType().name().toLowerCase(Locale.ROOT);
            return new Reason(part, Outcome.ERROR, "put out " + Quote.of(kind) + "; expected true or false");
        } catch (JsonQueryException | RuntimeException e) {
            return new Reason(part, Outcome.ERROR, "failed: " + JqProgram.firstLine(e.getMessage()));
        }
    }
}
