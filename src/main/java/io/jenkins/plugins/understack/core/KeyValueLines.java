package io.jenkins.plugins.understack.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Small tables that are entered as text, one {@code key: value} on a line: arguments of a queue, metadata of an event.
 *
 * <p>Blank lines and lines that begin with {@code #} are passed over. A value in single or double quotes is the text between
 * them. The order of the lines is kept.
 */
public final class KeyValueLines {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");

    private KeyValueLines() {}

    /**
     * A table of typed values: whole numbers (up to 18 digits) become {@link Long}, {@code true} and {@code false} {@link
     * Boolean}, all else and what is quoted {@link String}.
     *
     * @param text null and blank are an empty table
     * @throws InvalidFieldException naming {@code field} and the line within {@code text}
     */
    public static Map<String, Object> parse(String field, String text) {
        return parse(field, text, KeyValueLines::typed);
    }

    /** The same with every value left as text, which is what metadata are. */
    public static Map<String, String> parseText(String field, String text) {
        return parse(field, text, KeyValueLines::unquoted);
    }

    private static <T> Map<String, T> parse(String field, String text, Function<String, T> convert) {
        Map<String, T> table = new LinkedHashMap<>();
        int number = 0;
        for (String line : text == null ? new String[0] : text.split("\\R")) {
            number++;
            String entry = line.strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            int colon = entry.indexOf(':');
            String key = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (key.isEmpty()) {
                throw new InvalidFieldException(field, "line " + number + " is no \"key: value\"; expected one on each line");
            }
            if (table.put(key, convert.apply(entry.substring(colon + 1).strip())) != null) {
                throw new InvalidFieldException(field, "\"" + key + "\" occurs twice; expected each key once");
            }
        }
        return Collections.unmodifiableMap(table);
    }

    private static Object typed(String value) {
        if (WHOLE_NUMBER.matcher(value).matches()) {
            return Long.valueOf(value);
        }
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        return unquoted(value);
    }

    private static String unquoted(String value) {
        int last = value.length() - 1;
        boolean quoted = last > 0 && (value.charAt(0) == '"' || value.charAt(0) == '\'') && value.charAt(last) == value.charAt(0);
        return quoted ? value.substring(1, last) : value;
    }
}
