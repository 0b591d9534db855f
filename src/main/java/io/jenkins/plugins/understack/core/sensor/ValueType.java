package io.jenkins.plugins.understack.core.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.text.Quote;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;

/** As what values are compared. Nothing is converted: the number 5 and the text "5" are equal as text only. */
public enum ValueType {
    /** As {@link Json#text} writes values. */
    TEXT,
    /** A JSON number, compared exactly. */
    NUMBER,
    BOOLEAN,
    /** ISO 8601 as text, with {@code T} or a space; without an offset it is UTC, as OpenStack writes it. */
    TIME;

    private static final int LONGEST_NUMBER = 1_000;
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ValueType parse(String name) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "type", "\"" + name + "\" is unknown; expected text, number, boolean or time"));
    }

    /**
     * What can be compared with others of this type.
     *
     * @return null where {@code value} is nothing of this type
     */
    Comparable<?> read(JsonNode value) {
        return switch (this) {
            case TEXT -> Json.text(value);
            case NUMBER -> value.isNumber() ? number(value.decimalValue()) : null;
            case BOOLEAN -> value.isBoolean() ? value.booleanValue() : null;
            case TIME -> value.isTextual() ? time(value.textValue()) : null;
        };
    }

    /**
     * The same for a value of the configuration.
     *
     * @throws InvalidFieldException naming {@code field}
     */
    Comparable<?> read(String field, String text) {
        Comparable<?> value = switch (this) {
            case TEXT -> text;
            case NUMBER -> number(text.strip());
            case BOOLEAN -> text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : null;
            case TIME -> time(text.strip());
        };
        if (value == null) {
            throw new InvalidFieldException(field, Quote.of(text) + " is no " + label() + "; expected " + example());
        }
        return value;
    }

    private String example() {
        return switch (this) {
            case TEXT -> "text";
            case NUMBER -> "one such as 42 or 1.5";
            case BOOLEAN -> "true or false";
            case TIME -> "one such as 2026-11-21T10:00:00Z";
        };
    }

    private static BigDecimal number(String text) {
        try {
            return text.length() > LONGEST_NUMBER ? null : number(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Comparing 1e999999999 with 1 would write it out. */
    private static BigDecimal number(BigDecimal number) {
        return Math.abs((long) number.scale()) > LONGEST_NUMBER ? null : number;
    }

    private static Instant time(String text) {
        try {
            TemporalAccessor parsed = ISO.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
