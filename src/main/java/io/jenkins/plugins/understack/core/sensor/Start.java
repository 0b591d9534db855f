package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import java.util.Map;

/**
 * A job with the parameters it gets, in the order of the sensor, and when it may begin.
 *
 * @param item counts the starts of one decision, from 0
 * @param keys the keys of {@code rules}, evaluated
 * @param byTrigger whether the sensor is a trigger of the job, not one of the central list
 */
public record Start(String job, Map<String, String> parameters, int item, Keys keys, StartRules rules, boolean byTrigger) {
    private static final String OF_TRIGGER = " onEvent of ";

    /** Null where there is no such rule. */
    public record Keys(String serialize, String coalesce, String limit) {
        public static final Keys NONE = new Keys(null, null, null);
    }

    public Start {
        parameters = Fields.ordered(parameters);
    }

    /** Of a sensor of the central list. */
    public Start(String job, Map<String, String> parameters, int item, Keys keys, StartRules rules) {
        this(job, parameters, item, keys, rules, false);
    }

    /**
     * What tells the sensor from all others: a trigger is named after its job, and a sensor of the central list can have that name too.
     * No name begins with a space.
     */
    public String sensorIdentity(String sensor) {
        return byTrigger ? OF_TRIGGER + sensor : sensor;
    }

    /** The job whose trigger has this {@link #sensorIdentity}; null for a sensor of the central list. */
    public static String jobOfTrigger(String identity) {
        return identity.startsWith(OF_TRIGGER) ? identity.substring(OF_TRIGGER.length()) : null;
    }

    Start withoutValues() {
        return new Start(job, Map.of(), item, keys, rules, byTrigger);
    }

    Start ofTrigger() {
        return new Start(job, parameters, item, keys, rules, true);
    }
}
