package io.jenkins.plugins.understack.core.sensor;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.List;

/**
 * A condition on one value of the event data.
 *
 * <p>A missing value does not pass; {@code required} makes it an error, {@code otherwise} puts a value in its place. Null is a
 * value that equals nothing and has no order; {@code nullAs} puts a value in its place.
 *
 * @param path see {@link io.jenkins.plugins.understack.core.path.DataPath}
 * @param value what is compared with; empty for {@code exists}, {@code missing} and {@code null}
 * @param otherwise {@code default} to users, or null
 * @param nullAs or null
 */
public record DataFilter(
        String path,
        Comparator comparator,
        ValueType type,
        List<String> value,
        boolean required,
        String otherwise,
        String nullAs) {
    public DataFilter {
        path = Fields.required("path", path);
        value = value == null ? List.of() : List.copyOf(value);
        otherwise = Fields.notEmptyOrNull(otherwise);
        nullAs = Fields.notEmptyOrNull(nullAs);
        if (comparator == null) {
            comparator = value.size() > 1 ? Comparator.IN : Comparator.EQUALS;
        }
        type = type == null ? comparator.isOrder() ? ValueType.NUMBER : ValueType.TEXT : type;
        if (comparator.isPresence()) {
            nothing("value", !value.isEmpty(), comparator);
            nothing("nullAs", nullAs != null, comparator);
            nothing("default", otherwise != null, comparator);
            nothing("required", required && comparator == Comparator.MISSING, comparator);
        } else {
            Fields.notEmpty("value", value);
        }
        if (value.size() > 1 && !comparator.takesSeveral()) {
            throw new InvalidFieldException(
                    "value", "has " + value.size() + " entries; expected one with " + comparator.label() + ", or the comparator in");
        }
        if (required && otherwise != null) {
            throw new InvalidFieldException("default", "is never used, because a missing value is an error with required");
        }
        boolean text = type == ValueType.TEXT;
        if (comparator.isOrder() && (text || type == ValueType.BOOLEAN)) {
            throw new InvalidFieldException("type", type.label() + " has no order; expected number or time with " + comparator.label());
        }
        if (comparator.isPattern() && !text) {
            throw new InvalidFieldException("type", type.label() + " is no text; expected text with " + comparator.label());
        }
    }

    /** Without a rule for what is missing or null. */
    public DataFilter(String path, Comparator comparator, List<String> value) {
        this(path, comparator, null, value, false, null, null);
    }

    private static void nothing(String field, boolean there, Comparator comparator) {
        if (there) {
            throw new InvalidFieldException(field, "is never used; expected none with " + comparator.label());
        }
    }
}
