package io.jenkins.plugins.understack.core.sensor.correlation;

import io.jenkins.plugins.understack.core.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the events of several dependencies come together.
 *
 * @param conditions over the names of dependencies; null for all
 * @param within how long an event waits for the others; null for ever, as in Argo Events
 * @param resets when all that waits is dropped
 */
public record Correlation(String conditions, Duration within, List<ConditionsReset> resets) {
    public static final Correlation NONE = new Correlation(null, null, List.of());

    public Correlation {
        conditions = Fields.optional(conditions);
        resets = resets == null ? List.of() : List.copyOf(resets);
    }

    /** Events that came before this moment do not wait any more at {@code now}. */
    public Instant cutoff(Instant now) {
        Instant cutoff = within == null ? Instant.MIN : now.minus(within);
        for (ConditionsReset reset : resets) {
            Instant last = reset.last(now);
            cutoff = last.isAfter(cutoff) ? last : cutoff;
        }
        return cutoff;
    }
}
