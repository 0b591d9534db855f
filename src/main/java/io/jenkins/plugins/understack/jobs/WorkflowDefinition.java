package io.jenkins.plugins.understack.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the workflows in {@code workflows.json}.
 *
 * @param name as the seed's WorkflowTemplate is called
 * @param script lines that call the library
 */
record WorkflowDefinition(String name, String description, List<Parameter> parameters, List<String> script) {
    private static final String HEAD = "// Made by UnderStack Workflows. What you change here is kept.\n@Library('understack') _\n";

    /** @param otherwise its default; nothing where there is none */
    record Parameter(String name, String description, @JsonProperty("default") String otherwise) {
        Parameter {
            otherwise = otherwise == null ? "" : otherwise;
        }
    }

    static List<WorkflowDefinition> all() {
        try (InputStream in = WorkflowDefinition.class.getResourceAsStream("workflows.json")) {
            return Json.OWN.readValue(in, new TypeReference<List<WorkflowDefinition>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("workflows.json of this plugin", e);
        }
    }

    JobContent content(WorkflowJobs.Settings settings) {
        return new JobContent(script(settings.kubernetes()), true, description, parameters, settings.keepDays(), settings.keepBuilds());
    }

    private String script(boolean kubernetes) {
        return kubernetes
                ? HEAD + "understackPod(workflow: '" + name + "') {\n" + lines("    ") + "}\n"
                : HEAD + lines("");
    }

    private String lines(String indent) {
        return script.stream().map(line -> indent + line + "\n").collect(Collectors.joining());
    }
}
