package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.time.Duration;

/**
 * How long handled events of a source are kept; what waits and dead letters are kept in any case. What is null is left to a more
 * general one.
 *
 * @param events at most so many of one source; 0 for none
 * @param bytes of text, at most so much of one source; 0 for none
 */
public record Retention(Duration age, Integer events, Long bytes) {
    public static final Retention DEFAULT = new Retention(Duration.ofDays(7), 100_000, 512L * 1024 * 1024);

    public Retention {
        if (age != null && age.isNegative()) {
            throw new InvalidFieldException("age", "is negative; expected a duration such as 7d");
        }
        Fields.atLeastOrNull("events", 0, events);
        Fields.atLeastOrNull("bytes", 0, bytes);
    }

    /** A complete one. */
    public Retention(Duration age, int events, long bytes) {
        this(age, Integer.valueOf(events), Long.valueOf(bytes));
    }

    /** With what {@code general} says where this one says nothing. */
    public Retention orElse(Retention general) {
        return new Retention(
                age == null ? general.age : age, events == null ? general.events : events, bytes == null ? general.bytes : bytes);
    }
}
