package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import java.util.Map;

/**
 * A job with the parameters it gets, in the order of the sensor, and when it may begin.
 *
 * @param item counts the starts of one decision, from 0
 * @param keys the keys of {@code rules}, evaluated
 */
public record Start(String job, Map<String, String> parameters, int item, Keys keys, StartRules rules) {
    /** Null where there is no such rule. */
    public record Keys(String serialize, String coalesce, String limit) {
        public static final Keys NONE = new Keys(null, null, null);
    }

    public Start {
        parameters = Fields.ordered(parameters);
    }

    Start withoutValues() {
        return new Start(job, Map.of(), item, keys, rules);
    }
}
