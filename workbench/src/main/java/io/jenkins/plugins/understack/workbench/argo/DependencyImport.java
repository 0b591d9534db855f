package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import io.jenkins.plugins.understack.workbench.argo.lua.Lua;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dependency: source, event, transform and filters.
 *
 * @param path where it stands in the manifest
 */
record DependencyImport(Manifest manifest, String path, JsonNode dependency, YAMLMapper yaml) {
    /** Functions with regular expressions that jq has and core refuses. */
    private static final Pattern REFUSED = Pattern.compile("\\b(match|capture|scan|splits|sub|gsub)\\s*\\(");

    String name() {
        return dependency.path("name").asText("");
    }

    /** As it is written in a sensor of ours. */
    String ourName() {
        return name().replaceAll("[^A-Za-z0-9_-]", "-");
    }

    /** What the dependency or, where it is the only one, the sensor has. */
    void into(ObjectNode target) {
        target.put("source", dependency.path("eventSourceName").asText(""));
        target.put("event", dependency.path("eventName").asText(""));
        manifest.kept(path + ".eventSourceName");
        manifest.kept(path + ".eventName");
        if (name().equals(ourName())) {
            manifest.kept(path + ".name");
        } else {
            manifest.changed(path + ".name", "is " + ourName() + " here");
        }
        transform(target);
    }

    private void transform(ObjectNode target) {
        String jq = dependency.at("/transform/jq").asText("");
        String script = dependency.at("/transform/script").asText("");
        if (!jq.isEmpty()) {
            target.put("transform", jq(jq));
            if (!script.isEmpty()) {
                manifest.changed(path + ".transform.script", "left out: Argo Events does not use it either, because there is jq");
            }
        } else if (!script.isEmpty()) {
            target.put("transform", Fallback.jq(manifest, path + ".transform.script", "the script", Lua.transformToJq(script)));
        }
    }

    private String jq(String program) {
        String where = path + ".transform.jq";
        Matcher refused = REFUSED.matcher(program.replaceAll("\"([^\"\\\\]|\\\\[^(])*\"", "\"\""));
        if (refused.find()) {
            manifest.notSupported(where, "calls " + refused.group(1) + ", which is not available, because its expressions backtrack; use test(\"…\"),"
                    + " split and join");
            return Fallback.toBeWritten("the program");
        }
        try {
            JqProgram.compile("transform", program);
            manifest.kept(where);
            return program;
        } catch (InvalidFieldException e) {
            manifest.notSupported(where, e.getMessage());
            return Fallback.toBeWritten("the program");
        }
    }

    /** {@code filters} and {@code filtersLogicalOperator}, where there are any. */
    ObjectNode rules() {
        ObjectNode rules = yaml.createObjectNode();
        String operator = dependency.path("filtersLogicalOperator").asText("");
        if (!operator.isEmpty()) {
            rules.put("filtersLogicalOperator", operator);
            manifest.kept(path + ".filtersLogicalOperator");
        }
        if (dependency.path("filters") instanceof ObjectNode filters) {
            rules.set("filters", new FilterImport(manifest, path + ".filters", filters).run(operator.equals("or")));
            try {
                new ArgoRules(rules.toString());
            } catch (InvalidFieldException e) {
                manifest.notSupported(path + ".filters", "cannot be loaded: " + e.getMessage() + "; the sensor fails until it is corrected");
                rules.remove("filtersLogicalOperator");
                rules.set("filters", FilterImport.failing(filters));
            }
        }
        return rules;
    }
}
