package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    private final List<String> passedOver = new ArrayList<>();

    public ArgoImport() {
        understack.putArray("eventSources");
        understack.putArray("sensors");
    }

    /**
     * Adds the documents of one file.
     *
     * @param name of the file, for the report
     * @throws IOException where it is no YAML; the message has the line
     */
    public void add(String name, String text) throws IOException {
        if (text.contains("{{") && text.lines().anyMatch(line -> line.strip().startsWith("{{"))) {
            throw new IOException(name + ": is a Helm template; expected manifests: render it with \"helm template\" first");
        }
        try (MappingIterator<JsonNode> documents = yaml.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.isObject()) {
                    add(name, new Manifest(document));
                }
            }
        } catch (JacksonException e) {
            throw new IOException(
                    name + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr()) + ": is no YAML", e);
        }
    }

    private void add(String file, Manifest manifest) {
        if (manifest.isOfArgoEvents() && manifest.kind().equals("EventSource")) {
            new EventSourceImport(manifest, understack.withArray("eventSources")).run();
            converted.add(manifest);
        } else if (manifest.isOfArgoEvents() && manifest.kind().equals("Sensor")) {
            new SensorImport(manifest, understack.withArray("sensors"), yaml).run();
            converted.add(manifest);
        } else {
            passedOver.add(manifest.kind() + " " + manifest.name() + " (" + file + ")");
        }
    }

    /** What both Jenkins (Configuration as Code) and the workbench read. */
    public String configuration() throws IOException {
        return yaml.writeValueAsString(configuration);
    }

    /** A line for each field: what became of it. */
    public List<String> report() {
        List<String> lines = new ArrayList<>();
        for (Manifest manifest : converted) {
            lines.add(manifest.kind() + " " + manifest.name());
            manifest.report().forEach((path, remark) -> {
                String fate = remark.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                lines.add("  " + fate + ": " + path + (remark.note().isEmpty() ? "" : ": " + remark.note()));
            });
        }
        passedOver.forEach(object -> lines.add("not converted: " + object));
        return lines;
    }
}
