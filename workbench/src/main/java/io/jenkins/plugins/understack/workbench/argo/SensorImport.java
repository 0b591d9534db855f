package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.correlation.Conditions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Sensor: each of its triggers becomes a sensor of ours, with the dependencies that the trigger waits for. */
final class SensorImport {
    private static final Pattern NAME = Pattern.compile("[^\\s()&|]+");

    private final Manifest manifest;
    private final ArrayNode sensors;
    private final YAMLMapper yaml;
    private final Map<String, DependencyImport> dependencies = new LinkedHashMap<>();
    private final Set<DependencyImport> used = new LinkedHashSet<>();

    SensorImport(Manifest manifest, ArrayNode sensors, YAMLMapper yaml) {
        this.manifest = manifest;
        this.sensors = sensors;
        this.yaml = yaml;
    }

    void run() {
        manifest.changed("spec.template", "not needed: there is no pod");
        manifest.changed("spec.replicas", "not needed: there is no pod");
        manifest.changed("spec.revisionHistoryLimit", "not needed: there is no deployment");
        manifest.changed("spec.eventBusName", "not needed: there is no bus");
        manifest.changed("spec.errorOnFailedRound", "left out: Argo Events 1.9 does not use it either");
        manifest.changed("spec.loggingFields", "left out: every decision is on the sensor's page");
        JsonNode list = manifest.spec().path("dependencies");
        for (int i = 0; i < list.size(); i++) {
            String path = "spec.dependencies[" + i + "]";
            dependencies.put(list.get(i).path("name").asText(""), new DependencyImport(manifest, path, list.get(i), yaml));
            // Until a trigger uses it.
            manifest.changed(path, "left out: no trigger that can be converted waits for it");
        }
        JsonNode triggers = manifest.spec().path("triggers");
        for (int i = 0; i < triggers.size(); i++) {
            trigger("spec.triggers[" + i + "]", triggers.get(i), triggers.size() > 1);
        }
        alike();
    }

    static String origin(JsonNode source, JsonNode event) {
        return source.asText("") + " " + event.asText("");
    }

    /** Once all manifests are there: an event source may come behind the sensors of its events. */
    void checkOrigins(Set<String> origins) {
        for (DependencyImport one : used) {
            JsonNode dependency = one.dependency();
            if (!origins.contains(origin(dependency.path("eventSourceName"), dependency.path("eventName")))) {
                manifest.notSupported(
                        one.path() + ".eventName",
                        "is an event that no converted event source has; add its event source, without which the file does not load");
            }
        }
    }

    /** Argo takes {@code -} for {@code _}. */
    private void alike() {
        for (DependencyImport one : dependencies.values()) {
            for (DependencyImport other : dependencies.values()) {
                if (one != other && one.name().replace('-', '_').equals(other.name().replace('-', '_'))) {
                    manifest.changed(
                            one.path() + ".name", "and " + other.name() + " are two dependencies here; Argo Events takes them for one in conditions");
                }
            }
        }
    }

    private void trigger(String path, JsonNode trigger, boolean several) {
        JsonNode template = trigger.path("template");
        manifest.kept(path + ".template.name");
        manifest.changed(path + ".retryStrategy", "Jenkins' queue keeps a start until it can run; without atLeastOnce it had no effect in Argo Events");
        manifest.changed(path + ".atLeastOnce", "always so: a message is acknowledged when its start is queued");
        manifest.notSupported(path + ".policy", "the result is that of the build; check in the job what the labels or the status said");
        manifest.notSupported(path + ".dlqTrigger", "a start is never lost; to act on failed builds, use post { failure { … } } in the job");
        String kind = kind(path, template);
        if (kind == null) {
            return;
        }
        List<DependencyImport> awaited = awaited(path, template.path("conditions").asText(""));
        if (awaited.isEmpty()) {
            manifest.notSupported(path + ".template." + kind, "is not converted, because its conditions are not");
            return;
        }
        if (awaited.size() == 1) {
            manifest.changed(path + ".template.conditionsReset", "not needed: there is one dependency only");
        }
        used.addAll(awaited);
        String name = unique(path, manifest.name() + (several ? "-" + template.path("name").asText() : ""));
        sensors.add(new TriggerImport(manifest, path, kind, trigger, yaml).run(name, awaited));
    }

    private String unique(String path, String name) {
        Set<String> taken = new LinkedHashSet<>();
        sensors.forEach(sensor -> taken.add(sensor.path("name").asText()));
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "-" + i;
        }
        if (!free.equals(name)) {
            manifest.changed(path + ".template.name", "the sensor is called " + free + ", because there is another " + name);
        }
        return free;
    }

    /** Null, with a remark, for what cannot be converted. */
    private String kind(String path, JsonNode template) {
        String kind = template.has("k8s") ? "k8s" : template.has("argoWorkflow") ? "argoWorkflow" : null;
        if (kind == null) {
            template.properties().forEach(field -> {
                if (field.getValue().isObject()) {
                    manifest.notSupported(path + ".template." + field.getKey(), OtherTriggers.instead(field.getKey()));
                }
            });
            manifest.changed(path + ".template.conditions", "left out with the trigger");
            manifest.changed(path + ".template.conditionsReset", "left out with the trigger");
            manifest.notSupported(path + ".parameters", "left out with the trigger");
            return null;
        }
        String operation = template.path(kind).path("operation").asText(kind.equals("k8s") ? "create" : "submit");
        if (!Set.of("create", "submit", "submit-from").contains(operation)) {
            manifest.notSupported(
                    path + ".template." + kind, "does " + operation + "; only create, submit and submit-from become starts. Write a job that does it");
            return null;
        }
        manifest.kept(path + ".template." + kind + ".operation");
        manifest.changed(path + ".template." + kind + ".liveObject", "not needed: nothing is created in Kubernetes");
        manifest.changed(path + ".template." + kind + ".patchStrategy", "not needed: nothing is created in Kubernetes");
        manifest.notSupported(path + ".template." + kind + ".args", "are options of the argo command; pass them as parameters of the job");
        return kind;
    }

    /** None, with a remark, where conditions are wrong. */
    private List<DependencyImport> awaited(String path, String conditions) {
        if (conditions.isBlank()) {
            return List.copyOf(dependencies.values());
        }
        String where = path + ".template.conditions";
        Set<String> names = new LinkedHashSet<>();
        Matcher name = NAME.matcher(conditions);
        while (name.find()) {
            names.add(name.group());
        }
        List<DependencyImport> awaited = new ArrayList<>();
        for (String one : names) {
            if (!dependencies.containsKey(one)) {
                manifest.notSupported(where, "names \"" + one + "\", which is no dependency; Argo Events never fires it either");
                return List.of();
            }
            awaited.add(dependencies.get(one));
        }
        try {
            Conditions.parse("conditions", conditions, List.copyOf(names));
        } catch (InvalidFieldException e) {
            manifest.notSupported(where, e.getMessage());
            return List.of();
        }
        manifest.kept(where);
        return awaited;
    }
}
