package io.jenkins.plugins.understack.core.sensor.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.path.GoFloat;

/** JSON values as text and numbers, the way gjson's {@code Result.String} and {@code Result.Float} give them. */
final class ArgoText {
    private ArgoText() {}

    /** A string as it is, null as the empty string, whole numbers as written, other numbers without exponent, else JSON. */
    static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        return value.isNumber() ? GoFloat.format(value.doubleValue()) : raw(value);
    }

    /** Compact JSON with {@code <}, {@code >}, {@code &} and the line separators escaped, as Go's encoding/json writes it. */
    static String raw(JsonNode value) {
        return value.toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** A text that is no number counts as 0, true as 1, and everything else as 0. */
    static double number(JsonNode value) {
        if (value.isTextual()) {
            return GoFloat.parseOrZero(value.textValue());
        }
        return value.isNumber() ? value.doubleValue() : value.isBoolean() && value.booleanValue() ? 1 : 0;
    }
}
