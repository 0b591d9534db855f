package io.jenkins.plugins.understack.trigger;

import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.SimpleParameterDefinition;
import io.jenkins.plugins.understack.core.dispatch.StartRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parameters of a build: what the sensor gives, and the job's defaults for the rest. */
final class BuildParameters {
    private BuildParameters() {}

    /**
     * @param values by name
     * @throws StartRefusedException where the job does not declare a parameter or does not take its value. Jenkins itself
     *     would drop an undeclared parameter without a word (SECURITY-170).
     */
    static ParametersAction of(Job<?, ?> job, Map<String, String> values) throws StartRefusedException {
        ParametersDefinitionProperty property = job.getProperty(ParametersDefinitionProperty.class);
        List<String> declared = property == null ? List.of() : property.getParameterDefinitionNames();
        for (String name : values.keySet()) {
            if (!declared.contains(name)) {
                throw new StartRefusedException(
                        "parameters[" + name + "]",
                        "job \"" + job.getFullName() + "\" declares no such parameter; expected one of " + declared);
            }
        }
        List<ParameterValue> all = new ArrayList<>();
        if (property != null) {
            for (ParameterDefinition definition : property.getParameterDefinitions()) {
                ParameterValue value = values.containsKey(definition.getName())
                        ? value(job, definition, values.get(definition.getName()))
                        : definition.getDefaultParameterValue();
                if (value != null) {
                    all.add(value);
                }
            }
        }
        return new ParametersAction(all);
    }

    private static ParameterValue value(Job<?, ?> job, ParameterDefinition definition, String text)
            throws StartRefusedException {
        String part = "parameters[" + definition.getName() + "]";
        if (!(definition instanceof SimpleParameterDefinition simple)) {
            throw new StartRefusedException(
                    part,
                    "job \"" + job.getFullName() + "\" declares it as a " + definition.getType()
                            + ", which cannot be given as text");
        }
        try {
            return simple.createValue(text);
        } catch (IllegalArgumentException e) {
            // Jenkins' message quotes the value, which is event data.
            throw new StartRefusedException(
                    part, "job \"" + job.getFullName() + "\" does not take this value for its " + definition.getType());
        }
    }
}
