package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A jq program in the place of a Go template: what it puts out is text. */
final class ArgoTemplate {
    private final JqProgram program;

    private ArgoTemplate(JqProgram program) {
        this.program = program;
    }

    /** Null for no text. */
    static ArgoTemplate compile(String field, String text) {
        return text == null ? null : new ArgoTemplate(JqProgram.compile(field, text));
    }

    /** Null where the program fails or puts out nothing: an empty text counts as nothing, as in Argo. */
    String render(JsonNode input) {
        try {
            String text = ArgoText.text(program.first(input));
            return text.isEmpty() || text.equals("<no value>") ? null : text;
        } catch (JsonQueryException | RuntimeException e) {
            return null;
        }
    }
}
