package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.text.Quote;
import java.util.List;
import java.util.Locale;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** The jq program that a sensor applies to the event data first, if it has one. */
public final class Transform {
    private static final String PART = "transform";

    private final JqProgram program;

    private Transform(JqProgram program) {
        this.program = program;
    }

    /** @param text null for none, which leaves the data as they are */
    public static Transform compile(String text) {
        return new Transform(text == null ? null : JqProgram.compile(PART, text));
    }

    public boolean isPresent() {
        return program != null;
    }

    /**
     * The first output, which must be an object.
     *
     * @param reasons gets one more, unless there is no program
     * @return null where the program fails
     */
    public JsonNode apply(JsonNode data, List<Reason> reasons) {
        if (program == null) {
            return data;
        }
        try {
            JsonNode transformed = program.first(data);
            if (transformed.isObject()) {
                reasons.add(new Reason(PART, Outcome.PASS, "put out an object"));
                return transformed;
            }
            String kind = transformed.getNodeType().name().toLowerCase(Locale.ROOT);
            reasons.add(new Reason(PART, Outcome.ERROR, "put out " + Quote.of(kind) + "; expected an object"));
        } catch (JsonQueryException | RuntimeException e) {
            reasons.add(new Reason(PART, Outcome.ERROR, "failed: " + JqProgram.firstLine(e.getMessage())));
        } catch (StackOverflowError e) {
            reasons.add(new Reason(PART, Outcome.ERROR, "failed: it recurses too deeply"));
        }
        return null;
    }
}
