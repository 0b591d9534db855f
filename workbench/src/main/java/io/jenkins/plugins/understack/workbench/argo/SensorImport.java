package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Sensor: each of its triggers becomes a sensor of ours for each dependency that fires it alone. */
final class SensorImport {
    private static final Pattern NTH_PARAMETER = Pattern.compile("spec\\.arguments\\.parameters\\.(\\d+)\\.value");
    private static final Pattern ALTERNATIVES = Pattern.compile("\\(?\\s*[\\w-]+(\\s*\\|\\|\\s*[\\w-]+)*\\s*\\)?");

    private final Manifest manifest;
    private final ArrayNode sensors;
    private final YAMLMapper yaml;
    /** Where each dependency stands in the manifest. */
    private final Map<String, String> paths = new LinkedHashMap<>();

    SensorImport(Manifest manifest, ArrayNode sensors, YAMLMapper yaml) {
        this.manifest = manifest;
        this.sensors = sensors;
        this.yaml = yaml;
    }

    void run() {
        manifest.changed("spec.template", "not needed: there is no pod");
        manifest.changed("spec.eventBusName", "not needed: there is no bus");
        JsonNode dependencies = manifest.spec().path("dependencies");
        for (int i = 0; i < dependencies.size(); i++) {
            paths.put(dependencies.get(i).path("name").asText(), "spec.dependencies[" + i + "]");
        }
        JsonNode triggers = manifest.spec().path("triggers");
        for (int i = 0; i < triggers.size(); i++) {
            trigger("spec.triggers[" + i + "]", triggers.get(i), triggers.size() > 1);
        }
    }

    private void trigger(String path, JsonNode trigger, boolean several) {
        JsonNode template = trigger.path("template");
        String kind = template.has("k8s") ? "k8s" : template.has("argoWorkflow") ? "argoWorkflow" : null;
        manifest.kept(path + ".template.name");
        manifest.changed(path + ".retryStrategy", "Jenkins' queue keeps a start until it can run");
        manifest.changed(path + ".atLeastOnce", "always so");
        for (String part : List.of("rateLimit", "policy", "dlqTrigger", "parameters")) {
            manifest.notSupported(path + "." + part, "has no counterpart yet");
        }
        if (kind == null) {
            manifest.notSupported(path + ".template", "is another kind of trigger; k8s and argoWorkflow can be converted");
            return;
        }
        String operation = template.path(kind).path("operation").asText("create");
        if (!operation.equals("create") && !operation.equals("submit")) {
            manifest.notSupported(path + ".template." + kind, "does " + operation + "; only create and submit can be converted");
            return;
        }
        manifest.kept(path + ".template." + kind + ".operation");
        List<String> fired = dependencies(path, template.path("conditions").asText(""));
        if (fired.isEmpty()) {
            manifest.notSupported(path + ".template." + kind, "is not converted, because its conditions are not");
        }
        for (String dependency : fired) {
            String name = manifest.name()
                    + (several ? "-" + template.path("name").asText() : "")
                    + (fired.size() > 1 ? "-" + dependency : "");
            sensor(path + ".template." + kind, name, template.path(kind), dependency);
        }
    }

    /** Those that fire alone; none, with a remark, where several must come together. */
    private List<String> dependencies(String path, String conditions) {
        if (conditions.isEmpty()) {
            if (paths.size() == 1) {
                return List.copyOf(paths.keySet());
            }
            manifest.notSupported("spec.dependencies", "all must come together, which has no counterpart yet");
            return List.of();
        }
        if (!ALTERNATIVES.matcher(conditions).matches()) {
            manifest.notSupported(path + ".template.conditions", "needs several events together, which has no counterpart yet");
            return List.of();
        }
        manifest.kept(path + ".template.conditions");
        List<String> names = new ArrayList<>();
        for (String name : conditions.replaceAll("[()\\s]", "").split("\\|\\|")) {
            if (paths.containsKey(name)) {
                names.add(name);
            } else {
                manifest.notSupported(path + ".template.conditions", "names \"" + name + "\", which is no dependency");
            }
        }
        return names;
    }

    private void sensor(String path, String name, JsonNode trigger, String dependencyName) {
        String dependencyPath = paths.get(dependencyName);
        JsonNode dependency = manifest.spec().path("dependencies").get(List.copyOf(paths.keySet()).indexOf(dependencyName));
        ObjectNode sensor = sensors.addObject().put("name", name);
        sensor.put("source", dependency.path("eventSourceName").asText());
        sensor.put("event", dependency.path("eventName").asText());
        manifest.kept(dependencyPath + ".name");
        manifest.kept(dependencyPath + ".eventSourceName");
        manifest.kept(dependencyPath + ".eventName");
        transform(dependencyPath, dependency.path("transform"), sensor);
        sensor.put("job", job(path, trigger.path("source").path("resource")));
        ObjectNode rules = yaml.createObjectNode();
        if (dependency.has("filters")) {
            rules.set("filters", ArgoFilterImport.convert(manifest, dependencyPath + ".filters", dependency.path("filters")));
        }
        if (dependency.has("filtersLogicalOperator")) {
            rules.set("filtersLogicalOperator", dependency.get("filtersLogicalOperator"));
            manifest.kept(dependencyPath + ".filtersLogicalOperator");
        }
        parameters(path, trigger, rules.putArray("parameters"));
        try {
            sensor.put("argo", yaml.writeValueAsString(rules));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private void transform(String path, JsonNode transform, ObjectNode sensor) {
        if (transform.hasNonNull("jq")) {
            sensor.set("transform", transform.get("jq"));
            manifest.kept(path + ".transform.jq");
        }
        if (transform.hasNonNull("script")) {
            manifest.notSupported(path + ".transform.script", "is Lua; write it as a jq program in transform");
            sensor.put("transform", ArgoFilterImport.toBeWritten("the script"));
        }
    }

    private String job(String path, JsonNode resource) {
        String source = path + ".source.resource";
        String template = resource.at("/spec/workflowTemplateRef/name").asText("");
        if (!template.isEmpty()) {
            manifest.changed(source, "the job takes its place");
            manifest.kept(source + ".spec.workflowTemplateRef.name");
            return template;
        }
        String name = resource.at("/metadata/generateName").asText(resource.at("/metadata/name").asText(manifest.name()));
        String job = name.replaceAll("-+$", "");
        manifest.notSupported(source + ".spec", "is written inline; write the job \"" + job + "\" that does the same");
        manifest.changed(source, "the job takes its place");
        return job;
    }

    /** By position in Argo, by name here; what no event sets stays a constant. */
    private void parameters(String path, JsonNode trigger, ArrayNode to) {
        JsonNode declared = trigger.at("/source/resource/spec/arguments/parameters");
        Map<Integer, ObjectNode> converted = new LinkedHashMap<>();
        JsonNode parameters = trigger.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            String here = path + ".parameters[" + i + "]";
            String dest = parameters.get(i).path("dest").asText("");
            Matcher nth = NTH_PARAMETER.matcher(dest);
            if (!nth.matches() || !declared.has(Integer.parseInt(nth.group(1)))) {
                manifest.notSupported(here, "goes to " + dest + ", which is no parameter of a job; add a parameter with this src");
                continue;
            }
            int position = Integer.parseInt(nth.group(1));
            JsonNode target = declared.get(position);
            ObjectNode parameter = yaml.createObjectNode();
            parameter.set("src", ArgoFilterImport.source(manifest, here + ".src", parameters.get(i).path("src")));
            parameter.set("dest", target.get("name"));
            manifest.changed(here + ".dest", "by name: " + target.path("name").asText());
            if (parameters.get(i).has("operation")) {
                parameter.set("operation", parameters.get(i).get("operation"));
                manifest.kept(here + ".operation");
                if (target.hasNonNull("value")) {
                    parameter.put("current", target.get("value").asText());
                }
            }
            converted.put(position, parameter);
        }
        for (int i = 0; i < declared.size(); i++) {
            if (converted.containsKey(i)) {
                to.add(converted.get(i));
            } else if (declared.get(i).hasNonNull("value")) {
                ObjectNode constant = to.addObject();
                constant.putObject("src").put("value", declared.get(i).get("value").asText());
                constant.set("dest", declared.get(i).get("name"));
            }
        }
    }
}
