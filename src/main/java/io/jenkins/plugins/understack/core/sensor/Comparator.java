package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.Arrays;
import java.util.Locale;

/** How a value of an event is compared. */
public enum Comparator {
    /** The same as the one value. */
    EQUALS,
    NOT_EQUALS,
    /** The same as one of the values. */
    IN,
    NOT_IN,
    /** One of the values, an RE2 regular expression, describes the whole text. */
    MATCHES,
    /** One of the values, an RE2 regular expression, is found anywhere in the text: what Argo Events does. */
    FIND,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    /** There is something, be it null. */
    EXISTS,
    /** There is nothing, not even null. */
    MISSING,
    NULL;

    /** As users write it: {@code greater-or-equal}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Comparator parse(String name) {
        return Arrays.stream(values())
                .filter(comparator -> comparator.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "comparator",
                        "\"" + name + "\" is unknown; expected one of "
                                + Arrays.stream(values()).map(Comparator::label).toList()));
    }

    boolean isOrder() {
        return this == GREATER || this == GREATER_OR_EQUAL || this == LESS || this == LESS_OR_EQUAL;
    }

    boolean isPattern() {
        return this == MATCHES || this == FIND;
    }

    /** Whether it asks what kind of value is there, and so compares with none. */
    boolean isPresence() {
        return this == EXISTS || this == MISSING || this == NULL;
    }

    boolean takesSeveral() {
        return this == IN || this == NOT_IN || isPattern();
    }
}
