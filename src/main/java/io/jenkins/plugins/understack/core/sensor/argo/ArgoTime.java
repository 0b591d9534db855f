package io.jenkins.plugins.understack.core.sensor.argo;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code filters.time}: from {@code start} until just before {@code stop}, over midnight where stop is the earlier one. */
final class ArgoTime {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{2}):([0-9]{2})");

    private final String part;
    private final LocalTime start;
    private final LocalTime stop;
    private final ZoneId zone;

    ArgoTime(String part, Block block) {
        this.part = part;
        block.only("start", "stop", "timezone");
        start = time(part + ".start", block.text("start", ""));
        stop = time(part + ".stop", block.text("stop", ""));
        if (start.equals(stop)) {
            throw new InvalidFieldException(part + ".stop", "is the same as start; expected another time");
        }
        String name = block.text("timezone", "");
        try {
            zone = name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidFieldException(part + ".timezone", "\"" + name + "\" is unknown; expected a name such as Europe/London");
        }
    }

    private static LocalTime time(String field, String text) {
        Matcher matcher = TIME.matcher(text);
        try {
            if (matcher.matches()) {
                return LocalTime.of(
                        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
            }
        } catch (DateTimeException e) {
            // Answered below.
        }
        throw new InvalidFieldException(field, "\"" + text + "\" is no time; expected HH:MM:SS");
    }

    /** On the day that it is in the zone at that moment, so that changes to and from summer time are kept. */
    Reason evaluate(Instant time) {
        LocalDate day = time.atZone(zone).toLocalDate();
        Instant from = day.atTime(start).atZone(zone).toInstant();
        Instant to = day.atTime(stop).atZone(zone).toInstant();
        boolean after = !time.isBefore(from);
        boolean before = time.isBefore(to);
        boolean inside = from.isBefore(to) ? after && before : after || before;
        return new Reason(
                part,
                inside ? Outcome.PASS : Outcome.REJECT,
                "it was " + time.atZone(zone).toLocalTime() + "; expected " + start + " to " + stop + " " + zone);
    }
}
