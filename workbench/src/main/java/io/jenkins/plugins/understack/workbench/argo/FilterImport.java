package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.workbench.argo.gotemplate.GoTemplate;
import io.jenkins.plugins.understack.workbench.argo.govaluate.Govaluate;
import io.jenkins.plugins.understack.workbench.argo.lua.Lua;
import java.util.HashSet;
import java.util.Set;

/** Filters of a dependency, which are kept but for what they say in other languages than paths and regular expressions. */
final class FilterImport {
    private final Manifest manifest;
    private final String path;
    private final ObjectNode filters;

    FilterImport(Manifest manifest, String path, ObjectNode filters) {
        this.manifest = manifest;
        this.path = path;
        this.filters = filters.deepCopy();
    }

    /** @param or whether {@code filtersLogicalOperator} is or */
    ObjectNode run(boolean or) {
        manifest.kept(path);
        int i = 0;
        for (JsonNode filter : filters.path("data")) {
            if (filter instanceof ObjectNode data) {
                template(path + ".data[" + i + "].template", data);
            }
            i++;
        }
        i = 0;
        for (JsonNode filter : filters.path("exprs")) {
            if (filter instanceof ObjectNode expr) {
                expression(path + ".exprs[" + i + "].expr", expr);
            }
            i++;
        }
        JsonNode script = filters.remove("script");
        if (script != null && !script.asText("").isEmpty()) {
            script(script.asText(), or);
        }
        return filters;
    }

    private void template(String where, ObjectNode filter) {
        String text = filter.path("template").asText("");
        filter.remove("template");
        if (!text.isEmpty()) {
            filter.put("jq", Fallback.jq(manifest, where, "the template", GoTemplate.overText(text)));
        }
    }

    /** Stays beside its translation, which is read in its place. */
    private void expression(String where, ObjectNode filter) {
        Set<String> names = new HashSet<>();
        filter.path("fields").forEach(field -> names.add(field.path("name").asText("")));
        String text = filter.path("expr").asText("");
        filter.put("jq", Fallback.jq(manifest, where, "the expression", Govaluate.toJq(text, names)));
    }

    /** There are no scripts here: it becomes an expression, or a template of a data filter, wherever that is combined in the same way. */
    private void script(String text, boolean or) {
        boolean exprs = filters.path("exprs").size() > 0;
        boolean data = filters.path("data").size() > 0;
        boolean exprsOr = filters.path("exprLogicalOperator").asText("").equals("or");
        boolean dataOr = filters.path("dataLogicalOperator").asText("").equals("or");
        String jq = Fallback.jq(manifest, path + ".script", "the script", Lua.filterToJq(text));
        if (!exprs || !or && !exprsOr) {
            ObjectNode expr = array("exprs").addObject();
            expr.putArray("fields").addObject().put("name", "event").put("path", "@this");
            expr.put("jq", jq);
        } else if (!data || !or && !dataOr) {
            ObjectNode filter = array("data").addObject().put("path", "@this").put("type", "bool");
            filter.putArray("value").add("true");
            filter.put("jq", "fromjson | {event: .} | (" + jq + ")");
        } else {
            manifest.notSupported(
                    path + ".script", "stands beside exprs and data that are combined with or; write the script as jq in one of them");
            never();
        }
    }

    private ArrayNode array(String key) {
        return filters.path(key) instanceof ArrayNode array ? array : filters.putArray(key);
    }

    /** Filters that always fail. */
    private void never() {
        filters.removeAll();
        ObjectNode expr = filters.putArray("exprs").addObject();
        expr.putArray("fields").addObject().put("name", "event").put("path", "@this");
        expr.put("jq", Fallback.toBeWritten("the filter"));
    }

    /** In the place of filters that cannot be read. */
    static ObjectNode failing(ObjectNode any) {
        FilterImport filters = new FilterImport(null, "", any);
        filters.never();
        return filters.filters;
    }
}
