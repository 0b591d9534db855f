package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Filters and parameter sources, which are kept but for what they say in other languages. In the place of that stands a program that
 * fails, so that the sensor says what is missing and never fires by half of its conditions.
 */
final class ArgoFilterImport {
    private ArgoFilterImport() {}

    /** A jq program that fails with these words. */
    static String toBeWritten(String what) {
        return "error(\"" + what + " has to be written anew\")";
    }

    static ObjectNode convert(Manifest manifest, String path, JsonNode filters) {
        ObjectNode kept = filters.deepCopy();
        manifest.kept(path);
        if (kept.path("data") instanceof ArrayNode data) {
            for (int i = 0; i < data.size(); i++) {
                ObjectNode filter = (ObjectNode) data.get(i);
                if (filter.remove("template") != null) {
                    manifest.notSupported(
                            path + ".data[" + i + "].template", "is a Go template; write it as jq over the value as text, in jq");
                    filter.put("jq", toBeWritten("the template"));
                }
            }
        }
        if (kept.path("exprs") instanceof ArrayNode exprs) {
            for (int i = 0; i < exprs.size(); i++) {
                manifest.notSupported(path + ".exprs[" + i + "].expr", "is govaluate; write it as jq over the fields, in jq");
                ((ObjectNode) exprs.get(i)).put("jq", toBeWritten("the expression"));
            }
        }
        if (kept.remove("script") != null) {
            manifest.notSupported(path + ".script", "is Lua; write the condition as jq in exprs");
            ObjectNode expr = kept.withArray("exprs").addObject();
            expr.putArray("fields").addObject().put("name", "event").put("path", "@this");
            expr.put("jq", toBeWritten("the script"));
        }
        return kept;
    }

    static ObjectNode source(Manifest manifest, String path, JsonNode source) {
        ObjectNode kept = source.deepCopy();
        manifest.kept(path);
        for (String part : new String[] {"data", "context"}) {
            if (kept.has(part + "Template")) {
                manifest.notSupported(path + "." + part + "Template", "is a Go template; write it as jq in " + part + "Jq");
                // Without what Argo would fall back to, which would be another value than the one that is meant.
                kept.removeAll();
                kept.put(part + "Jq", toBeWritten("the template"));
            }
        }
        return kept;
    }
}
