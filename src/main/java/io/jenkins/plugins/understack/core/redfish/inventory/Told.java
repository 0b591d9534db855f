package io.jenkins.plugins.understack.core.redfish.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Single values of what a BMC tells. */
final class Told {
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{1,2}(?:[:-][0-9A-Fa-f]{1,2}){5}");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private Told() {}

    /** The first of the fields that is a text and not blank; null where none is. */
    static String text(JsonNode json, String... fields) {
        return Arrays.stream(fields)
                .map(field -> json.path(field).textValue())
                .filter(text -> text != null && !text.isBlank())
                .map(String::strip)
                .findFirst()
                .orElse(null);
    }

    /** In upper case with colons and two digits each; what is no MAC address stays as it is. iLO 4 writes {@code MacAddress}. */
    static String mac(JsonNode json) {
        String told = text(json, "MACAddress", "MacAddress");
        return told == null || !MAC.matcher(told).matches()
                ? told
                : Arrays.stream(told.split("[:-]"))
                        .map(part -> (part.length() == 1 ? "0" : "") + part.toUpperCase(Locale.ROOT))
                        .collect(Collectors.joining(":"));
    }

    /** The length of the prefix that a mask such as {@code 255.255.255.192} stands for; null where it is none. */
    static Integer prefixLength(String mask) {
        if (mask == null || !IPV4.matcher(mask).matches()) {
            return null;
        }
        long bits = 0;
        for (String part : mask.split("\\.")) {
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                return null;
            }
            bits = bits << 8 | octet;
        }
        int length = Long.bitCount(bits);
        // Ones, then only zeros.
        return bits == (0xFFFFFFFFL << 32 - length & 0xFFFFFFFFL) ? length : null;
    }
}
