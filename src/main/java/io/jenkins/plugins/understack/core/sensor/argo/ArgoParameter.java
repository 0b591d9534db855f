package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.path.DataPath;
import java.util.List;

/**
 * One entry of {@code parameters}: {@code src} as Argo has it, {@code dest} the name of a parameter of the job.
 *
 * <p>A template goes before a key, data before context, and {@code value} stands in for what is not found. Without any of them the
 * value is {@code value}, else the whole event with its data in base64. Numbers and booleans become text, null becomes {@code
 * null}, objects and arrays their JSON; {@code useRawData} makes no difference where everything is text.
 */
final class ArgoParameter {
    private static final List<String> OPERATIONS = List.of("", "overwrite", "none", "append", "prepend");

    private final String name;
    private final String dependency;
    private final boolean ofData;
    private final boolean ofContext;
    private final DataPath key;
    private final ArgoTemplate template;
    private final String value;
    private final String operation;
    private final String current;

    ArgoParameter(Block block) {
        block.only("src", "dest", "operation", "current");
        name = Fields.required(block.name() + ".dest", block.text("dest", null));
        operation = block.text("operation", "");
        if (!OPERATIONS.contains(operation)) {
            throw new InvalidFieldException(
                    block.name() + ".operation", "\"" + operation + "\" is unknown; expected append, prepend or overwrite");
        }
        current = block.text("current", null);
        Block src = block.block("src");
        src.only("dependencyName", "contextKey", "contextJq", "dataKey", "dataJq", "value", "useRawData");
        dependency = src.text("dependencyName", "");
        value = src.text("value", null);
        // Data win where both are given.
        ofData = src.has("dataKey") || src.has("dataJq");
        ofContext = !ofData && (src.has("contextKey") || src.has("contextJq"));
        String kind = ofData ? "data" : "context";
        String path = src.text(kind + "Key", "");
        key = path.isEmpty() ? null : DataPath.asArgoReadsIt(src.name() + "." + kind + "Key", path);
        template = ArgoTemplate.compile(src.name() + "." + kind + "Jq", src.text(kind + "Jq", null));
    }

    String name() {
        return name;
    }

    /** The name of the dependency whose event is read. */
    String dependency() {
        return dependency;
    }

    /** What stands in where there is no event, or null. */
    String value() {
        return value;
    }

    /** Null where there is no value and no default. */
    String resolve(Event event, JsonNode data) {
        String found = find(event, data);
        String resolved = found == null ? value : found;
        if (resolved == null || current == null) {
            return resolved;
        }
        return switch (operation) {
            case "append" -> current + resolved;
            case "prepend" -> resolved + current;
            default -> resolved;
        };
    }

    private String find(Event event, JsonNode data) {
        if (!ofData && !ofContext) {
            return value != null ? value : ArgoText.raw(ArgoEvent.whole(event, data));
        }
        JsonNode payload = ofData ? data : ArgoEvent.context(event);
        String rendered = template == null ? null : template.render(payload);
        if (rendered != null || key == null) {
            return rendered;
        }
        JsonNode node = key.read(payload);
        return node.isMissingNode() ? null : node.isNull() ? "null" : ArgoText.text(node);
    }

    /** For the reason of a decision. */
    String source() {
        if (ofData || ofContext) {
            return (ofData ? "data" : "context") + (key == null ? "" : " " + key);
        }
        return value == null ? "the whole event" : "a constant";
    }
}
