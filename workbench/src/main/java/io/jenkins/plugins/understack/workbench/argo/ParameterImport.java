package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import io.jenkins.plugins.understack.workbench.argo.gotemplate.GoTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parameters of a trigger: by position in Argo, by name here. What no event sets stays a constant. */
final class ParameterImport {
    private static final Set<String> JOINING = Set.of("append", "prepend");

    private final Manifest manifest;
    private final JsonNode resource;
    private final Set<String> dependencies;
    /** The entries of each name, in order: a later one goes before an earlier one wherever its dependency has an event. */
    private final Map<String, List<ObjectNode>> entries = new LinkedHashMap<>();

    /** @param dependencies names of those that the trigger waits for */
    ParameterImport(Manifest manifest, JsonNode resource, Set<String> dependencies) {
        this.manifest = manifest;
        this.resource = resource;
        this.dependencies = dependencies;
        for (JsonNode declared : declared()) {
            entries.put(declared.path("name").asText(""), new ArrayList<>());
        }
    }

    private JsonNode declared() {
        return resource.at("/spec/arguments/parameters");
    }

    /**
     * @param path of the list
     * @param prefix what the destinations begin with where they lead through the template of the trigger
     */
    void add(String path, JsonNode parameters, String... prefix) {
        manifest.kept(path);
        for (int i = 0; i < parameters.size(); i++) {
            String dest = parameters.get(i).path("dest").asText("");
            DestPath whole = DestPath.parse(dest);
            DestPath below = prefix.length == 0 ? whole : whole.below(prefix);
            if (below == null) {
                manifest.notSupported(
                        path + "[" + i + "]", "changes " + dest + " of the trigger, which is a job here; write the job so that it takes a parameter");
            } else {
                entry(path + "[" + i + "]", dest, below, parameters.get(i));
            }
        }
    }

    private void entry(String path, String dest, DestPath below, JsonNode parameter) {
        JsonNode holder = below.holder(resource);
        String name = holder.path("name").asText("");
        if (!below.endsWith("value") || name.isEmpty()) {
            String past = below.past(resource);
            manifest.notSupported(path, past != null
                    ? "goes to " + dest + ", behind the end of " + past + "; declare the parameter in the workflow, so that it has a name"
                    : "goes to " + dest + ", which is no parameter of a job; add one with this src, and read it in the job");
            return;
        }
        String operation = parameter.path("operation").asText("");
        List<ObjectNode> earlier = entries.computeIfAbsent(name, n -> new ArrayList<>());
        if (!earlier.isEmpty() && JOINING.contains(operation)) {
            manifest.notSupported(
                    path, "is joined to what an entry before it has written to " + name + "; write both as one dataTemplate or jq program");
            return;
        }
        ObjectNode src = src(path + ".src", parameter.path("src"));
        if (src == null) {
            return;
        }
        ObjectNode entry = src.objectNode();
        entry.set("src", src);
        entry.put("dest", name);
        manifest.changed(path + ".dest", "by name: " + name);
        if (!operation.isEmpty()) {
            entry.put("operation", operation);
            manifest.kept(path + ".operation");
            if (JOINING.contains(operation) && holder.hasNonNull("value")) {
                entry.put("current", holder.get("value").asText());
            }
        }
        try {
            new ArgoRules("{parameters: [" + entry + "]}");
            earlier.add(entry);
        } catch (InvalidFieldException e) {
            manifest.notSupported(path, "cannot be loaded: " + e.getMessage());
        }
    }

    /** Null for what Argo would leave out. */
    private ObjectNode src(String path, JsonNode given) {
        ObjectNode src = given instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        String dependency = src.path("dependencyName").asText("");
        manifest.kept(path);
        if (!dependencies.contains(dependency)) {
            if (!src.hasNonNull("value")) {
                manifest.changed(path, "left out: Argo Events never sets it either, because the trigger does not wait for \"" + dependency + "\"");
                return null;
            }
            manifest.changed(path, "its value alone: the trigger does not wait for \"" + dependency + "\"");
            return src.objectNode().put("value", src.get("value").asText());
        }
        src.put("dependencyName", dependency.replaceAll("[^A-Za-z0-9_-]", "-"));
        for (String part : List.of("data", "context")) {
            template(path + "." + part + "Template", part, src);
        }
        return src;
    }

    private void template(String path, String part, ObjectNode src) {
        JsonNode text = src.remove(part + "Template");
        if (text == null || text.asText("").isEmpty()) {
            return;
        }
        String jq = Fallback.jq(manifest, path, "the template", GoTemplate.overData(text.asText()));
        if (jq.equals(Fallback.toBeWritten("the template"))) {
            // Without what Argo would fall back to, which would be another value than the one that is meant.
            src.retain("dependencyName");
        }
        src.put(part + "Jq", jq);
    }

    /** @param leftOut whether an entry may be left out, because not all dependencies have an event when the trigger fires */
    void into(ArrayNode parameters, boolean leftOut) {
        for (JsonNode declared : declared()) {
            String name = declared.path("name").asText("");
            if (declared.hasNonNull("value") && (leftOut || entries.get(name).isEmpty())) {
                ObjectNode constant = parameters.addObject();
                constant.putObject("src").put("value", declared.get("value").asText());
                constant.put("dest", name);
            }
            parameters.addAll(entries.remove(name));
        }
        entries.values().forEach(parameters::addAll);
    }
}
