package io.jenkins.plugins.understack.trigger;

import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.SimpleParameterDefinition;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parameters of a build: what is given, and the job's defaults for the rest. */
public final class BuildParameters {
    private BuildParameters() {}

    /**
     * @param values by name
     * @throws InvalidFieldException where the job does not declare a parameter or does not take its value. Jenkins itself would
     *     drop an undeclared parameter without a word (SECURITY-170).
     */
    public static ParametersAction of(Job<?, ?> job, Map<String, String> values) {
        ParametersDefinitionProperty property = job.getProperty(ParametersDefinitionProperty.class);
        List<ParameterDefinition> declared = property == null ? List.of() : property.getParameterDefinitions();
        values.keySet().forEach(name -> JobCheck.declared(job, declared, name));
        List<ParameterValue> all = new ArrayList<>();
        for (ParameterDefinition definition : declared) {
            ParameterValue value = values.containsKey(definition.getName())
                    ? value(job, JobCheck.declared(job, declared, definition.getName()), values.get(definition.getName()))
                    : definition.getDefaultParameterValue();
            if (value != null) {
                all.add(value);
            }
        }
        return new ParametersAction(all);
    }

    private static ParameterValue value(Job<?, ?> job, SimpleParameterDefinition definition, String text) {
        try {
            return definition.createValue(text);
        } catch (IllegalArgumentException e) {
            // Jenkins' message quotes the value, which can be event data.
            throw new InvalidFieldException(
                    "parameters[" + definition.getName() + "]",
                    "job \"" + job.getFullName() + "\" does not take this value for its " + definition.getType());
        }
    }
}
