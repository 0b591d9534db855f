package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.text.Quote;
import java.util.List;
import java.util.Locale;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A jq program that puts out a key: a text, a number or a boolean. Null is no key, or all events without one would share it. */
final class JqKey {
    private static final int LONGEST = 500;

    private final String part;
    private final JqProgram program;

    private JqKey(String part, JqProgram program) {
        this.part = part;
        this.program = program;
    }

    /** Null for no text. */
    static JqKey compile(String part, String text) {
        return text == null ? null : new JqKey(part, JqProgram.compile(part, text));
    }

    /**
     * @param reasons gets one more
     * @return null where there is no key
     */
    String of(JsonNode data, List<Reason> reasons) {
        try {
            JsonNode key = program.first(data);
            if (!key.isValueNode() || key.isNull()) {
                String kind = key.getNodeType().name().toLowerCase(Locale.ROOT);
                reasons.add(new Reason(part, Outcome.ERROR, "put out " + Quote.of(kind) + "; expected a text or number as key"));
                return null;
            }
            String text = Json.text(key);
            if (text.length() > LONGEST) {
                reasons.add(new Reason(part, Outcome.ERROR, "put out " + text.length() + " characters; expected at most " + LONGEST));
                return null;
            }
            reasons.add(new Reason(part, Outcome.PASS, "is " + Quote.of(text)));
            return text;
        } catch (JsonQueryException | RuntimeException e) {
            reasons.add(new Reason(part, Outcome.ERROR, "failed: " + JqProgram.firstLine(e.getMessage())));
            return null;
        }
    }
}
