package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.correlation.ConditionsReset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trigger that creates or submits something, which becomes a sensor that starts a job. */
final class TriggerImport {
    private static final Map<String, String> PERIODS = Map.of("", "1s", "Second", "1s", "Minute", "1m", "Hour", "1h");

    private final Manifest manifest;
    private final String path;
    private final String kind;
    private final JsonNode trigger;
    private final YAMLMapper yaml;

    TriggerImport(Manifest manifest, String path, String kind, JsonNode trigger, YAMLMapper yaml) {
        this.manifest = manifest;
        this.path = path;
        this.kind = kind;
        this.trigger = trigger;
        this.yaml = yaml;
    }

    private JsonNode template() {
        return trigger.path("template").path(kind);
    }

    /** @param dependencies those that it waits for, at least one */
    ObjectNode run(String name, List<DependencyImport> dependencies) {
        ObjectNode sensor = yaml.createObjectNode().put("name", name);
        ObjectNode rules = yaml.createObjectNode();
        if (dependencies.size() == 1) {
            dependencies.get(0).into(sensor);
            rules.setAll(dependencies.get(0).rules());
        } else {
            several(dependencies, sensor);
        }
        String where = path + ".template." + kind;
        sensor.put("job", job(where));
        Set<String> names = new LinkedHashSet<>();
        dependencies.forEach(dependency -> names.add(dependency.name()));
        JsonNode resource = template().at("/source/resource");
        ParameterImport parameters = new ParameterImport(manifest, resource, names);
        parameters.add(path + ".parameters", trigger.path("parameters"), kind, "source", "resource");
        parameters.add(where + ".parameters", template().path("parameters"));
        parameters.into(rules.putArray("parameters"), dependencies.size() > 1);
        sensor.put("argo", text(rules));
        rateLimit(sensor);
        return sensor;
    }

    private void several(List<DependencyImport> dependencies, ObjectNode sensor) {
        ArrayNode list = sensor.putArray("dependencies");
        for (DependencyImport dependency : dependencies) {
            ObjectNode one = list.addObject().put("name", dependency.ourName());
            dependency.into(one);
            ObjectNode rules = dependency.rules();
            if (!rules.isEmpty()) {
                one.put("argo", text(rules));
            }
        }
        String conditions = trigger.at("/template/conditions").asText("");
        if (!conditions.isBlank()) {
            sensor.put("conditions", conditions.strip());
        }
        reset(sensor);
    }

    private void reset(ObjectNode sensor) {
        JsonNode resets = trigger.at("/template/conditionsReset");
        for (int i = 0; i < resets.size(); i++) {
            String where = path + ".template.conditionsReset[" + i + "].byTime";
            JsonNode time = resets.get(i).path("byTime");
            String cron = time.path("cron").asText(null);
            String zone = time.path("timezone").asText("");
            try {
                new ConditionsReset(cron, zone.isEmpty() ? null : zone);
            } catch (InvalidFieldException e) {
                manifest.notSupported(where, "cannot be loaded: " + e.getMessage());
                continue;
            }
            ObjectNode reset = sensor.withArray("conditionsReset").addObject().put("cron", cron);
            if (!zone.isEmpty()) {
                reset.put("timezone", zone);
            }
            manifest.kept(where);
        }
    }

    private String job(String where) {
        String source = where + ".source.resource";
        JsonNode resource = template().at("/source/resource");
        manifest.changed(source, "the job takes its place");
        manifest.changed(source + ".spec.arguments.parameters", "parameters of the job");
        String template = resource.at("/spec/workflowTemplateRef/name").asText("");
        if (!template.isEmpty()) {
            manifest.kept(source + ".spec.workflowTemplateRef.name");
            return template;
        }
        String name = resource.at("/metadata/name").asText(resource.at("/metadata/generateName").asText(manifest.name()));
        String job = name.replaceAll("-+$", "");
        if (template().path("operation").asText("").equals("submit-from")) {
            manifest.kept(source + ".metadata.name");
        } else if (resource.has("spec")) {
            manifest.notSupported(source + ".spec", "is written inline; write the job \"" + job + "\" that does the same");
        } else {
            manifest.notSupported(where + ".source", "is fetched from elsewhere; write the job \"" + job + "\" that does the same");
        }
        return job;
    }

    private void rateLimit(ObjectNode sensor) {
        JsonNode limit = trigger.path("rateLimit");
        String where = path + ".rateLimit";
        if (!limit.isObject()) {
            return;
        }
        int starts = limit.path("requestsPerUnit").asInt();
        String period = PERIODS.get(limit.path("unit").asText(""));
        if (starts < 1 || period == null) {
            manifest.notSupported(where, "needs requestsPerUnit of at least 1, and Second, Minute or Hour as unit; set rateLimit of the sensor");
            return;
        }
        sensor.putObject("rateLimit").put("starts", starts).put("period", period);
        manifest.kept(where);
    }

    private String text(ObjectNode rules) {
        try {
            return yaml.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
