package io.jenkins.plugins.understack.jobs;

import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.understack.core.Digest;
import io.jenkins.plugins.understack.jobs.WorkflowDefinition.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.BuildDiscarder;
import jenkins.model.BuildDiscarderProperty;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * What the plugin cares for in a job that it has made. All else, such as triggers or who may see it, belongs to the administrator.
 *
 * @param keepDays -1 for ever
 * @param keepBuilds -1 for all
 */
record JobContent(String script, boolean sandbox, String description, List<Parameter> parameters, int keepDays, int keepBuilds) {
    private static final String FOREIGN = "(not as this plugin makes it)";
    private static final int FOREIGN_RETENTION = -2;

    static JobContent of(WorkflowJob job) {
        FlowDefinition definition = job.getDefinition();
        BuildDiscarder discarder = job.getBuildDiscarder();
        int otherwise = discarder == null ? -1 : FOREIGN_RETENTION;
        return new JobContent(
                definition instanceof CpsFlowDefinition flow ? flow.getScript() : FOREIGN,
                definition instanceof CpsFlowDefinition flow && flow.isSandbox(),
                Objects.toString(job.getDescription(), ""),
                parameters(job),
                discarder instanceof LogRotator rotator ? rotator.getDaysToKeep() : otherwise,
                discarder instanceof LogRotator rotator ? rotator.getNumToKeep() : otherwise);
    }

    private static List<Parameter> parameters(WorkflowJob job) {
        ParametersDefinitionProperty property = job.getProperty(ParametersDefinitionProperty.class);
        List<Parameter> parameters = new ArrayList<>();
        for (ParameterDefinition declared : property == null ? List.<ParameterDefinition>of() : property.getParameterDefinitions()) {
            parameters.add(new Parameter(
                    declared.getName(),
                    declared.getDescription(),
                    declared instanceof StringParameterDefinition text ? text.getDefaultValue() : FOREIGN));
        }
        return parameters;
    }

    void writeTo(WorkflowJob job) throws IOException {
        job.setDefinition(definition());
        job.setDescription(description);
        job.removeProperty(ParametersDefinitionProperty.class);
        List<ParameterDefinition> declared = new ArrayList<>();
        for (Parameter parameter : parameters) {
            StringParameterDefinition definition =
                    new StringParameterDefinition(parameter.name(), parameter.otherwise(), parameter.description());
            definition.setTrim(true);
            declared.add(definition);
        }
        job.addProperty(new ParametersDefinitionProperty(declared));
        job.removeProperty(BuildDiscarderProperty.class);
        if (keepDays > 0 || keepBuilds > 0) {
            job.addProperty(new BuildDiscarderProperty(new LogRotator(keepDays, keepBuilds, -1, -1)));
        }
    }

    private CpsFlowDefinition definition() throws IOException {
        try {
            return new CpsFlowDefinition(script, sandbox);
        } catch (hudson.model.Descriptor.FormException e) {
            throw new IOException(e);
        }
    }

    /** Ends of lines and blanks at the end are not what a person has changed: forms change them. */
    String digest() {
        return Digest.of(normal().toString());
    }

    private JobContent normal() {
        return new JobContent(text(script), sandbox, text(description), parameters.stream()
                .map(p -> new Parameter(p.name(), text(p.description()), p.otherwise()))
                .toList(), keepDays, keepBuilds);
    }

    private static String text(String text) {
        return text == null ? "" : text.replace("\r\n", "\n").strip();
    }

    /** Names of what is not the same there. */
    List<String> differences(JobContent other) {
        JobContent here = normal();
        JobContent there = other.normal();
        List<String> names = new ArrayList<>();
        if (!here.script.equals(there.script) || sandbox != there.sandbox) {
            names.add("script");
        }
        if (!here.description.equals(there.description)) {
            names.add("description");
        }
        if (!here.parameters.equals(there.parameters)) {
            names.add("parameters");
        }
        if (keepDays != there.keepDays || keepBuilds != there.keepBuilds) {
            names.add("retention");
        }
        return names;
    }
}
