package io.jenkins.plugins.understack.core.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as events carry it: bounded in depth, numbers kept as they are written. */
public final class Json {
    /** Deeper documents are refused; OpenStack's notifications are about 10 deep. */
    static final int MAX_DEPTH = 200;

    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            // 9007199254740993 and 1.50 must come out as they went in.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads what this program wrote, where events lie a few levels deeper than they came. */
    public static final ObjectMapper OWN = own();

    private Json() {}

    private static ObjectMapper own() {
        ObjectMapper mapper = MAPPER.copy();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH + 20)
                        .build());
        return mapper;
    }

    /** @throws MalformedEventException where {@code bytes} are not one JSON value; it names line and column, not content */
    public static JsonNode parse(byte[] bytes) throws MalformedEventException {
        try {
            return notAbsent(MAPPER.readTree(bytes));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** @throws MalformedEventException as {@link #parse(byte[])} */
    public static JsonNode parse(String text) throws MalformedEventException {
        try {
            return notAbsent(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    private static JsonNode notAbsent(JsonNode node) throws MalformedEventException {
        if (node == null || node.isMissingNode()) {
            throw new MalformedEventException("is empty; expected JSON");
        }
        return node;
    }

    /** Jackson's own message quotes the payload, so only the position is used. */
    private static MalformedEventException malformed(JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException
                ? "is too much: expected at most " + MAX_DEPTH + " levels and numbers of at most 1000 digits"
                : "is not JSON";
        return new MalformedEventException(
                e.getLocation() == null
                        ? what
                        : what + ": error at line " + e.getLocation().getLineNr() + ", column "
                                + e.getLocation().getColumnNr());
    }

    /**
     * The opposite of {@link #plain}, for values that scripts made. Only what is plain is taken: a general mapper would call the
     * getters of whatever object a script in the sandbox has got hold of.
     *
     * @param place of the value, for messages: {@code body}
     * @throws InvalidFieldException naming the place of what is not plain, as {@code body.a[0]}
     */
    public static JsonNode fromPlain(String place, Object value) {
        return PlainValue.read(place, value, 0);
    }

    /** Maps, lists, strings, numbers, booleans and null: what a Pipeline can use and Java can serialise. */
    public static Object plain(JsonNode value) {
        return value.isMissingNode() ? null : MAPPER.convertValue(value, Object.class);
    }

    /**
     * The text of a value as filters and parameters see it (argo-events, data filter): a string as it is, null as the empty
     * string, numbers without exponent, objects and arrays as compact JSON.
     */
    public static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isNumber()) {
            return number(value);
        }
        return value.toString();
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        // Bounded: 1e999999999 would otherwise be written with a thousand million zeros.
        if (Math.abs((long) value.decimalValue().scale()) > 1_000) {
            return value.decimalValue().toString();
        }
        return value.decimalValue().stripTrailingZeros().toPlainString();
    }
}
