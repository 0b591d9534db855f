package io.jenkins.plugins.understack.core;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks shared by the configuration records; each failure is an {@link InvalidFieldException}. */
public final class Fields {
    /** What may stand in a URL segment, a queue name and a log line without quoting. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Fields() {}

    public static String required(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidFieldException(field, "is empty; expected a value");
        }
        return value.strip();
    }

    public static String name(String field, String value) {
        String name = required(field, value);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidFieldException(
                    field,
                    "\"" + name + "\" is no valid name; expected 1 to 100 letters, digits, '.', '_' or '-',"
                            + " the first a letter or digit");
        }
        return name;
    }

    /** Null when nothing was entered, so that forms, YAML and code agree on what "not set" is. */
    public static String optional(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Null for the empty text: a form cannot tell the two apart. */
    public static String notEmptyOrNull(String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** Null where there is no text. @throws InvalidFieldException where there is another one */
    public static Long wholeNumber(String field, String text) {
        String stripped = optional(text);
        try {
            return stripped == null ? null : Long.valueOf(stripped);
        } catch (NumberFormatException e) {
            throw new InvalidFieldException(field, "is no whole number; expected one such as 100");
        }
    }

    public static long atLeast(String field, long minimum, long value) {
        if (value < minimum) {
            throw new InvalidFieldException(field, value + " is too small; expected at least " + minimum);
        }
        return value;
    }

    /** For what may be left out. */
    public static void atLeastOrNull(String field, long minimum, Number value) {
        if (value != null) {
            atLeast(field, minimum, value.longValue());
        }
    }

    public static <T> List<T> notEmpty(String field, List<T> list) {
        if (list == null || list.isEmpty()) {
            throw new InvalidFieldException(field, "is empty; expected at least one entry");
        }
        return List.copyOf(list);
    }

    /** An unmodifiable copy in the same order; empty for null. {@link Map#copyOf} would shuffle the entries anew in each JVM. */
    public static <V> Map<String, V> ordered(Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    public static <T> void unique(String field, List<T> list, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T item : list) {
            if (!seen.add(name.apply(item))) {
                throw new InvalidFieldException(
                        field, "\"" + name.apply(item) + "\" occurs twice; expected different names");
            }
        }
    }
}
