package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Evaluation;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.correlation.Waiting;
import io.jenkins.plugins.understack.core.source.SecretFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Keeps what secret fields hold out of what is shown of decisions. A value may be quoted in part, or after jq has made another of it;
 * so each decision is taken once more on an event without the secrets, and what is not the same then is not shown.
 */
final class Secrecy {
    private final Function<String, SecretFields> fields;

    /** @param fields by the name of the source */
    Secrecy(Function<String, SecretFields> fields) {
        this.fields = fields;
    }

    /** The same, and more of one source. */
    Secrecy and(String source, SecretFields more) {
        return new Secrecy(name -> name.equals(source) ? of(name).and(more) : of(name));
    }

    /** Of a source, by its name. */
    SecretFields of(String source) {
        return fields.apply(source);
    }

    Event mask(Event event) {
        return of(event.source()).mask(event);
    }

    boolean concerns(Sensor sensor) {
        return sensor.dependencies().stream().anyMatch(dependency -> hasSecrets(dependency.origin().source()));
    }

    boolean hasSecrets(String source) {
        return !of(source).isEmpty();
    }

    /** As if nothing secret was in any event. */
    Evaluation without(Event event, Waiting waiting) {
        return new Evaluation(mask(event), (sensor, key) -> {
            Map<String, Event> events = new LinkedHashMap<>(waiting.events(sensor, key));
            events.replaceAll((dependency, other) -> mask(other));
            return events;
        });
    }

    /** {@code decision} with those details only that {@code without} has too. */
    static Decision hideReasons(Decision decision, Decision without) {
        List<Reason> reasons = new ArrayList<>();
        for (int i = 0; i < decision.reasons().size(); i++) {
            Reason reason = decision.reasons().get(i);
            boolean same = i < without.reasons().size() && without.reasons().get(i).equals(reason);
            reasons.add(same ? reason : new Reason(reason.part(), reason.outcome(), SecretFields.MASK + " (depends on a secret field)"));
        }
        return new Decision(decision.sensor(), decision.verdict(), reasons, decision.starts(), decision.join());
    }

    /** {@code decision} with those values of parameters and keys only that {@code without} has too. */
    static Decision hideValues(Decision decision, Decision without) {
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < decision.starts().size(); i++) {
            starts.add(hide(decision.starts().get(i), i < without.starts().size() ? without.starts().get(i) : null));
        }
        return new Decision(decision.sensor(), decision.verdict(), decision.reasons(), starts, decision.join());
    }

    private static Start hide(Start start, Start without) {
        Map<String, String> parameters = new LinkedHashMap<>(start.parameters());
        parameters.replaceAll((name, value) -> hide(value, without == null ? null : without.parameters().get(name)));
        Start.Keys keys = start.keys();
        Start.Keys other = without == null ? Start.Keys.NONE : without.keys();
        Start.Keys hidden = new Start.Keys(
                hide(keys.serialize(), other.serialize()), hide(keys.coalesce(), other.coalesce()), hide(keys.limit(), other.limit()));
        return new Start(start.job(), parameters, start.item(), hidden, start.rules(), start.byTrigger());
    }

    private static String hide(String value, String without) {
        return value == null || Objects.equals(value, without) ? value : SecretFields.MASK;
    }
}
