package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.argo.GoJson;
import java.util.ArrayList;
import java.util.List;

/** A {@link Dependency} with its programs compiled. Thread-safe. */
final class DependencyProgram {
    private final Dependency dependency;
    private final Transform transform;
    private final Filters filters;
    private final JqKey key;
    private final boolean asArgo;

    /**
     * What an event is to the dependency.
     *
     * @param data after the transform; null unless it passes
     * @param key empty where the dependency has none
     */
    record Admission(Outcome outcome, JsonNode data, String key) {
        private static final Admission REJECTED = new Admission(Outcome.REJECT, null, "");
        private static final Admission FAILED = new Admission(Outcome.ERROR, null, "");
    }

    /**
     * @param asArgo whether its sensor is an imported one, whose transform treats numbers as Go does
     * @throws InvalidFieldException naming the field that cannot be compiled
     */
    DependencyProgram(Dependency dependency, boolean asArgo) {
        this.dependency = dependency;
        this.asArgo = asArgo;
        transform = Transform.compile(dependency.transform());
        filters = dependency.argo() == null ? new StrictFilters(dependency) : dependency.argo().compileFilters();
        key = JqKey.compile("key", dependency.key());
    }

    Dependency dependency() {
        return dependency;
    }

    /** @param reasons gets those of this dependency, under its name where it has one */
    Admission admit(Evaluation evaluation, List<Reason> reasons) {
        List<Reason> said = new ArrayList<>();
        Admission admission = admission(evaluation, said);
        for (Reason reason : said) {
            reasons.add(dependency.name() == null ? reason : reason.within("dependencies[" + dependency.name() + "]"));
        }
        return admission;
    }

    private Admission admission(Evaluation evaluation, List<Reason> reasons) {
        JsonNode data = data(evaluation, reasons);
        if (data == null) {
            return Admission.FAILED;
        }
        Outcome outcome = filters.evaluate(evaluation.event(), data, reasons);
        if (outcome != Outcome.PASS) {
            return outcome == Outcome.REJECT ? Admission.REJECTED : Admission.FAILED;
        }
        String found = key == null ? "" : key.of(data, reasons);
        return found == null ? Admission.FAILED : new Admission(Outcome.PASS, data, found);
    }

    private JsonNode data(Evaluation evaluation, List<Reason> reasons) {
        return transform.isPresent()
                ? evaluation.transformed((asArgo ? "argo " : "") + dependency.transform(), reasons, said -> apply(evaluation.event(), said))
                : evaluation.event().data();
    }

    /**
     * The data of an event that was admitted before and waited.
     *
     * @return null where the transform fails, because it was changed meanwhile
     */
    JsonNode transformed(Event event) {
        return transform.isPresent() ? apply(event, new ArrayList<>()) : event.data();
    }

    private JsonNode apply(Event event, List<Reason> reasons) {
        return asArgo
                ? GoJson.afterTransform(transform.apply(GoJson.beforeTransform(event.data()), reasons))
                : transform.apply(event.data(), reasons);
    }
}
