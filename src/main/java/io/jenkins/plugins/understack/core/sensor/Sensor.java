package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.argo.ArgoRules;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlation;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The definition of a sensor: which events start which job. {@link SensorProgram} is the same, ready to run.
 *
 * @param enabled a sensor that is switched off rejects every event
 * @param dependencies one, or several with a name each
 * @param correlation how the events of several dependencies come together
 * @param forEach jq program over the data: each of its outputs is one start, and is there as {@code item}; null for one start
 * @param job full name of a Jenkins job, or a workflow of the library
 * @param parameters of the build
 * @param argo parameters of an imported sensor, in place of {@code parameters}; null for a sensor in our own language
 * @param rules when its starts may begin
 */
public record Sensor(
        String name,
        boolean enabled,
        List<Dependency> dependencies,
        Correlation correlation,
        String forEach,
        String job,
        List<Parameter> parameters,
        ArgoRules argo,
        StartRules rules) {
    public Sensor {
        name = Fields.required("name", name);
        dependencies = Fields.notEmpty("dependencies", dependencies);
        correlation = correlation == null ? Correlation.NONE : correlation;
        forEach = Fields.optional(forEach);
        job = Fields.required("job", job);
        parameters = parameters == null ? List.of() : List.copyOf(parameters);
        rules = rules == null ? StartRules.NONE : rules;
        Fields.unique("parameters", parameters, Parameter::name);
        if (argo != null && !parameters.isEmpty()) {
            throw new InvalidFieldException("argo", "stands beside parameters; expected one of the two languages");
        }
        if (dependencies.size() == 1) {
            checkOne(dependencies.get(0), correlation, argo);
        } else {
            checkSeveral(dependencies, correlation);
            if (forEach != null && dependencies.stream().anyMatch(dependency -> StartProgram.ITEM.equals(dependency.name()))) {
                throw new InvalidFieldException("forEach", "has its outputs where the dependency \"item\" has its data; expected another name of it");
            }
            if (argo != null && argo.hasFilters()) {
                throw new InvalidFieldException("argo", "has filters; expected them in the argo of each dependency");
            }
        }
    }

    /** A sensor in our own language with one dependency. */
    public Sensor(String name, Dependency dependency, String job, List<Parameter> parameters) {
        this(name, true, List.of(dependency), null, null, job, parameters, null, null);
    }

    private static void checkOne(Dependency dependency, Correlation correlation, ArgoRules argo) {
        if (!Objects.equals(dependency.argo(), argo)) {
            throw new InvalidFieldException("argo", "is not that of the only dependency, so that a part of it would never be used");
        }
        if (dependency.key() != null) {
            throw new InvalidFieldException("key", "is never used, because there is one dependency only");
        }
        if (!correlation.equals(Correlation.NONE)) {
            String field = correlation.conditions() != null ? "conditions" : correlation.within() != null ? "within" : "conditionsReset";
            throw new InvalidFieldException(field, "is never used, because there is one dependency only");
        }
    }

    private static void checkSeveral(List<Dependency> dependencies, Correlation correlation) {
        for (int i = 0; i < dependencies.size(); i++) {
            Fields.required("dependencies[" + i + "].name", dependencies.get(i).name());
            ArgoRules rules = dependencies.get(i).argo();
            if (rules != null && rules.hasParameters()) {
                throw new InvalidFieldException("dependencies[" + i + "].argo", "has parameters; expected those in the argo of the sensor");
            }
        }
        Fields.unique("dependencies", dependencies, Dependency::name);
        long keys = dependencies.stream().filter(d -> d.key() != null).count();
        if (keys != 0 && keys != dependencies.size()) {
            throw new InvalidFieldException("dependencies", "some have a key and some have none; expected all or none");
        }
        if (keys != 0 && correlation.within() == null) {
            throw new InvalidFieldException(
                    "within", "is missing; expected how long an event waits for the others of its key, such as 10m");
        }
    }

    /** Names of the parameters that a start may pass to the job. */
    public List<String> parameterNames() {
        return argo == null ? parameters.stream().map(Parameter::name).toList() : argo.parameterNames();
    }

    /** What waits for this sensor. */
    public Correlator.Awaited awaited(Instant now) {
        return new Correlator.Awaited(
                dependencies.stream().map(Dependency::name).collect(Collectors.toSet()), correlation.cutoff(now));
    }

    /** @throws InvalidFieldException naming the field that cannot be compiled, or that can never have an effect */
    public SensorProgram compile() {
        return new CompiledSensor(this);
    }
}
