package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Manifests in, a configuration and a report out. */
public final class ArgoImport {
    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();
    private final ObjectNode configuration = yaml.createObjectNode();
    private final ObjectNode understack =
            configuration.putObject("unclassified").putObject("understack");
    private final List<Manifest> converted = new ArrayList<>();
    private final List<SensorImport> sensorImports = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final HelmValues values;

    /** Manifests as they are. */
    public ArgoImport() {
        values = new HelmValues(null);
        start();
    }

    /**
     * Manifests with references to values of a Helm chart.
     *
     * @param name of the file, for errors
     * @param values YAML
     * @throws IOException where it is none
     */
    public ArgoImport(String name, String values) throws IOException {
        try {
            this.values = new HelmValues(yaml.readTree(values));
        } catch (JacksonException e) {
            throw noYaml(name, e);
        }
        start();
    }

    private void start() {
        understack.putArray("eventSources");
        understack.putArray("sensors");
    }

    /**
     * Adds the documents of one file.
     *
     * @param name of the file, for the report
     * @throws IOException where it is no YAML, or needs Helm; the message has the line
     */
    public void add(String name, String text) throws IOException {
        if (!text.contains("argoproj.io/")) {
            addOther(name, text);
            return;
        }
        String filled = values.fill(name, text);
        try {
            for (JsonNode document : documents(filled)) {
                add(name, document);
            }
        } catch (JacksonException e) {
            int line = 1;
            for (String control : filled.lines().toList()) {
                if (HelmValues.CONTROL.matcher(control).matches()) {
                    throw new IOException(name + ":" + line + ": " + control.strip()
                            + " can only be rendered by Helm; do that first: helm template CHART -f values.yaml > manifests.yaml", e);
                }
                line++;
            }
            throw noYaml(name, e);
        }
    }

    /** Nothing of Argo: what else lies in the folder may be a template of something else. */
    private void addOther(String name, String text) {
        try {
            for (JsonNode document : documents(text)) {
                passOver(name, document);
            }
        } catch (IOException e) {
            passedOver.add(name + ": is no YAML, and nothing of Argo is in it");
        }
    }

    private List<JsonNode> documents(String text) throws IOException {
        try (MappingIterator<JsonNode> documents = yaml.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        }
    }

    private static IOException noYaml(String name, JacksonException e) {
        return new IOException(name + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr()) + ": is no YAML", e);
    }

    private void add(String file, JsonNode document) {
        if (document.path("kind").asText("").endsWith("List") && document.path("items").isArray()) {
            document.path("items").forEach(item -> add(file, item));
            return;
        }
        Manifest manifest = new Manifest(document);
        if (manifest.isOfArgoEvents() && manifest.kind().equals("EventSource")) {
            new EventSourceImport(manifest, understack.withArray("eventSources")).run();
            converted.add(manifest);
        } else if (manifest.isOfArgoEvents() && manifest.kind().equals("Sensor")) {
            SensorImport sensor = new SensorImport(manifest, understack.withArray("sensors"), yaml);
            sensor.run();
            sensorImports.add(sensor);
            converted.add(manifest);
        } else {
            passOver(file, document);
        }
    }

    private void passOver(String file, JsonNode document) {
        Manifest manifest = new Manifest(document);
        if (document.isObject()) {
            passedOver.add(manifest.kind().isEmpty() ? file + ": is no object of Kubernetes" : manifest.kind() + " " + manifest.name() + " (" + file + ")");
        }
    }

    /** What both Jenkins (Configuration as Code) and the workbench read. */
    public String configuration() throws IOException {
        return yaml.writeValueAsString(configuration);
    }

    /** A line for each field: what became of it; the last one counts them. */
    public List<String> report() {
        Set<String> origins = new HashSet<>();
        for (JsonNode kind : understack.path("eventSources")) {
            JsonNode source = kind.elements().next();
            source.path("events").forEach(event -> origins.add(SensorImport.origin(source.path("name"), event.path("name"))));
        }
        sensorImports.forEach(sensor -> sensor.checkOrigins(origins));
        List<String> lines = new ArrayList<>();
        Map<Manifest.Fate, Integer> counts = new EnumMap<>(Manifest.Fate.class);
        for (Manifest manifest : converted) {
            lines.add(manifest.kind() + " " + manifest.name());
            manifest.report().forEach((path, remark) -> {
                counts.merge(remark.fate(), 1, Integer::sum);
                lines.add("  " + name(remark.fate()) + ": " + path + (remark.note().isEmpty() ? "" : ": " + remark.note()));
            });
        }
        passedOver.forEach(object -> lines.add("not converted: " + object));
        List<String> sums = new ArrayList<>();
        for (Manifest.Fate fate : Manifest.Fate.values()) {
            sums.add(counts.getOrDefault(fate, 0) + " " + name(fate));
        }
        lines.add("fields: " + String.join(", ", sums));
        return lines;
    }

    private static String name(Manifest.Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
