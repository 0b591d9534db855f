package io.jenkins.plugins.understack.check;

import hudson.init.InitMilestone;
import hudson.model.AbstractProject;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.RunParameterDefinition;
import hudson.model.SimpleParameterDefinition;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** Whether a job can be started as a sensor wants to start it. Looks as the system: callers check who asks. */
public final class JobCheck {
    private JobCheck() {}

    /** Why the job would refuse the sensor's starts now, or null; also null for a sensor that is switched off. */
    public static String problem(Sensor sensor) {
        if (!sensor.enabled()) {
            return null;
        }
        try {
            Job<?, ?> job = check(sensor);
            return job.isBuildable() ? null : "job: \"" + sensor.job() + "\" is disabled; enable it";
        } catch (InvalidFieldException e) {
            return e.getMessage();
        }
    }

    /**
     * Refuses sensors that could start nothing, unless they are switched off. Those that were there before are not looked at: somebody who saves something else
     * need not know that a job was renamed. Nor is anything refused while Jenkins starts and has not loaded its jobs; the page of
     * events shows these sensors red.
     *
     * @throws InvalidFieldException naming sensor and field
     */
    public static void refuseNew(List<Sensor> before, List<Sensor> now) {
        if (Jenkins.get().getInitLevel().compareTo(InitMilestone.JOB_CONFIG_ADAPTED) < 0) {
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).enabled() && !before.contains(now.get(i))) {
                try {
                    check(now.get(i));
                } catch (InvalidFieldException e) {
                    throw e.within("sensors[" + i + "]");
                }
            }
        }
    }

    /** @throws InvalidFieldException where the job is not there, cannot be triggered, or does not fit to the sensor's parameters */
    private static Job<?, ?> check(Sensor sensor) {
        Job<?, ?> job = find(sensor.job());
        ParametersDefinitionProperty property = job.getProperty(ParametersDefinitionProperty.class);
        if (property == null && isUnknownYet(job)) {
            return job;
        }
        List<ParameterDefinition> declared = property == null ? List.of() : property.getParameterDefinitions();
        List<String> given = sensor.parameterNames();
        given.forEach(name -> declared(job, declared, name));
        for (ParameterDefinition parameter : declared) {
            if (!given.contains(parameter.getName()) && isNeeded(parameter)) {
                throw new InvalidFieldException(
                        "parameters",
                        quote(job) + " needs parameter \"" + parameter.getName() + "\", which has no default; expected an entry for it");
            }
        }
        return job;
    }

    /** A build starts without what a sensor cannot give, a file, or hardly can: a run that must exist at that moment. */
    private static boolean isNeeded(ParameterDefinition parameter) {
        return parameter instanceof SimpleParameterDefinition
                && !(parameter instanceof RunParameterDefinition)
                && parameter.getDefaultParameterValue() == null;
    }

    /** @throws InvalidFieldException where there is no job of this full name or no trigger can start it */
    public static Job<?, ?> find(String name) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
            if (job == null) {
                throw new InvalidFieldException(
                        "job", "\"" + name + "\" does not exist; expected the full name of a job, such as folder/job");
            }
            if (!(job instanceof ParameterizedJob<?, ?>)) {
                throw new InvalidFieldException("job", "\"" + name + "\" is a job that cannot be started by a trigger");
            }
            return job;
        }
    }

    /** A Pipeline can declare its parameters in its script, and then has them from its first build on. */
    static boolean isUnknownYet(Job<?, ?> job) {
        return !(job instanceof AbstractProject) && job.getNextBuildNumber() == 1;
    }

    /** @throws InvalidFieldException where the job does not declare the parameter, or not as one that is given as text */
    public static SimpleParameterDefinition declared(Job<?, ?> job, List<ParameterDefinition> declared, String name) {
        ParameterDefinition definition = declared.stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "parameters[" + name + "]",
                        quote(job) + " declares no such parameter; expected one of "
                                + declared.stream().map(ParameterDefinition::getName).toList()));
        if (definition instanceof SimpleParameterDefinition simple) {
            return simple;
        }
        throw new InvalidFieldException(
                "parameters[" + name + "]", quote(job) + " declares it as a " + definition.getType() + ", which cannot be given as text");
    }

    private static String quote(Job<?, ?> job) {
        return "job \"" + job.getFullName() + "\"";
    }
}
