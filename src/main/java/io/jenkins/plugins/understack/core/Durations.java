package io.jenkins.plugins.understack.core;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 30s}, {@code 10m}, {@code 1h30m}, {@code 2d}. Whole seconds, a day has 24 hours. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,7})s)?");

    private Durations() {}

    /**
     * Null where there is no text.
     *
     * @throws InvalidFieldException where {@code text} is no duration or none at all, such as {@code 0s}
     */
    public static Duration parse(String field, String text) {
        String stripped = Fields.optional(text);
        if (stripped == null) {
            return null;
        }
        Matcher matcher = TEXT.matcher(stripped);
        Duration duration = matcher.matches()
                ? Duration.ofDays(number(matcher, 1))
                        .plusHours(number(matcher, 2))
                        .plusMinutes(number(matcher, 3))
                        .plusSeconds(number(matcher, 4))
                : Duration.ZERO;
        if (duration.isZero()) {
            throw new InvalidFieldException(
                    field, "\"" + stripped + "\" is no duration; expected one such as 30s, 10m, 1h30m or 2d");
        }
        return duration;
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }

    /** The opposite of {@link #parse}; {@code 0s} for none. Fractions of a second are left out. */
    public static String print(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), 'd');
        append(text, duration.toHoursPart(), 'h');
        append(text, duration.toMinutesPart(), 'm');
        append(text, duration.toSecondsPart(), 's');
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long number, char unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }
}
