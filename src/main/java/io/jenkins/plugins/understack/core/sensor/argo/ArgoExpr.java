package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.path.DataPath;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** One entry of {@code filters.exprs}, its govaluate expression translated to jq over an object of the fields. */
final class ArgoExpr {
    private final String part;
    private final Map<String, DataPath> fields = new LinkedHashMap<>();
    private final JqProgram program;

    ArgoExpr(String part, Block block) {
        this.part = part;
        block.only("jq", "fields", "expr");
        for (Block field : block.blocks("fields")) {
            field.only("name", "path");
            fields.put(field.text("name", ""), DataPath.asArgoReadsIt(field.name() + ".path", field.text("path", "")));
        }
        String jq = block.text("jq", null);
        if (jq == null) {
            throw new InvalidFieldException(
                    part + ".jq", "is missing; expected the expression as a jq program over the fields, such as .a == \"x\"");
        }
        program = JqProgram.compile(part + ".jq", jq);
    }

    /** Null for an expression without fields, which Argo passes over. */
    Reason evaluate(JsonNode data) {
        ObjectNode values = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, DataPath> field : fields.entrySet()) {
            JsonNode value = field.getValue().read(data);
            if (value.isMissingNode()) {
                return new Reason(part, Outcome.ERROR, "path '" + field.getValue() + "' does not exist");
            }
            values.set(field.getKey(), value);
        }
        if (values.isEmpty()) {
            return null;
        }
        try {
            JsonNode result = program.first(values);
            boolean holds = result.isBoolean() && result.booleanValue();
            return new Reason(part, holds ? Outcome.PASS : Outcome.REJECT, holds ? "holds" : "does not hold");
        } catch (JsonQueryException | RuntimeException e) {
            return new Reason(part, Outcome.ERROR, "failed: " + e.getMessage());
        }
    }
}
