package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.time.Duration;

/**
 * When a start that a sensor decided on may begin. Keys are jq programs over the event data; each sensor has keys of its own.
 *
 * @param serializeBy key: one build at a time, in the order of the events; or null
 * @param coalesceBy key: at most one build runs and one waits, the newest event wins; or null
 * @param limit beyond it starts wait for approval; or null
 * @param delay from the event to the earliest begin; or null
 * @param debounce a start waits until no newer event of its {@code coalesceBy} came for so long; or null
 * @param rateLimit starts beyond it wait for their turn; or null
 * @param hold whether every start waits for approval
 * @param inFlight at most so many starts of the sensor are queued or run at once, more wait in the inbox; null for no limit
 */
public record StartRules(
        String serializeBy,
        String coalesceBy,
        Limit limit,
        Duration delay,
        Duration debounce,
        RateLimit rateLimit,
        boolean hold,
        Integer inFlight) {
    public static final StartRules NONE = new StartRules(null, null, null, null, null, null, false);

    /**
     * At most {@code starts} within any {@code period}.
     *
     * @param key jq program: each of its values is counted apart; or null
     */
    public record Limit(int starts, Duration period, String key) {
        public Limit {
            Fields.atLeast("starts", 1, starts);
            if (period == null) {
                throw new InvalidFieldException("period", "is missing; expected a duration such as 1h");
            }
            key = Fields.optional(key);
        }
    }

    /** At most {@code starts} within any {@code period}; Argo's {@code requestsPerUnit} and {@code unit}. */
    public record RateLimit(int starts, Duration period) {
        public RateLimit {
            Fields.atLeast("starts", 1, starts);
            if (period == null) {
                throw new InvalidFieldException("period", "is missing; expected a duration such as 1m");
            }
        }
    }

    public StartRules {
        serializeBy = Fields.optional(serializeBy);
        coalesceBy = Fields.optional(coalesceBy);
        if (debounce != null && coalesceBy == null) {
            throw new InvalidFieldException("debounce", "is set without coalesceBy; expected the key whose newest event is waited for");
        }
        if (debounce != null && delay != null) {
            throw new InvalidFieldException("delay", "is never used beside debounce; expected one of them");
        }
        if (serializeBy != null && serializeBy.equals(coalesceBy)) {
            throw new InvalidFieldException("serializeBy", "is never used, because coalesceBy has the same key and runs one at a time too");
        }
        if (hold && limit != null) {
            throw new InvalidFieldException("limit", "is never used, because with hold every start waits for approval");
        }
        Fields.atLeastOrNull("inFlight", 1, inFlight);
    }

    /** Without a limit of what is in flight. */
    public StartRules(
            String serializeBy, String coalesceBy, Limit limit, Duration delay, Duration debounce, RateLimit rateLimit, boolean hold) {
        this(serializeBy, coalesceBy, limit, delay, debounce, rateLimit, hold, null);
    }

    /** Those that Jenkins' queue keeps. */
    public StartRules ofQueue() {
        return new StartRules(serializeBy, coalesceBy, limit, delay, debounce, rateLimit, hold);
    }

    /** For how long a start counts. */
    public Duration longestPeriod() {
        Duration ofLimit = limit == null ? Duration.ZERO : limit.period;
        Duration ofRate = rateLimit == null ? Duration.ZERO : rateLimit.period;
        return ofLimit.compareTo(ofRate) > 0 ? ofLimit : ofRate;
    }
}
