package io.jenkins.plugins.understack.config;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists of configuration objects; kept as {@link ArrayList}, which XStream writes plainly. */
public final class Lists {
    private Lists() {}

    public static <T> List<T> copy(List<T> list) {
        return list == null ? new ArrayList<>() : new ArrayList<>(list);
    }

    /** One value a line as a form's text area has them, or a list as code has it. */
    public static List<String> lines(List<String> values) {
        List<String> lines = new ArrayList<>();
        for (String value : copy(values)) {
            value.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        }
        return lines;
    }

    /** Converts each element; an {@link InvalidFieldException} is told where it happened, as in {@code events[0]}. */
    public static <T, R> List<R> map(String field, List<T> list, Function<T, R> conversion) {
        List<R> converted = new ArrayList<>();
        for (T element : copy(list)) {
            try {
                converted.add(conversion.apply(element));
            } catch (InvalidFieldException e) {
                throw e.within(field + "[" + converted.size() + "]");
            }
        }
        return converted;
    }

    /** Converts one object that may be null; an {@link InvalidFieldException} is told where it happened. */
    static <T, R> R within(String field, T object, Function<T, R> conversion) {
        try {
            return object == null ? null : conversion.apply(object);
        } catch (InvalidFieldException e) {
            throw e.within(field);
        }
    }
}
