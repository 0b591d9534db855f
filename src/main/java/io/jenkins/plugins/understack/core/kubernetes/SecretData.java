package io.jenkins.plugins.understack.core.kubernetes;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys and values of a Secret. Neither a map nor serialisable, so that nothing that records arguments or state can keep the values;
 * shown as its keys.
 */
public final class SecretData {
    /** Kubernetes, validation of ConfigMap and Secret keys. */
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    /** Kubernetes, {@code MaxSecretSize}. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final Map<String, String> values;

    private SecretData(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param values put into the Secret as they are, in UTF-8
     * @throws InvalidFieldException naming the key, where Kubernetes would refuse it
     */
    public static SecretData of(Map<?, ?> values) {
        Map<String, String> copy = new LinkedHashMap<>();
        long bytes = 0;
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (!KEY.matcher(key).matches() || key.equals(".") || key.equals("..")) {
                throw new InvalidFieldException(
                        "data", "\"" + key + "\" is no key of a Secret; expected letters, digits, '-', '_' and '.', 253 at most");
            }
            if (!(entry.getValue() instanceof CharSequence text)) {
                throw new InvalidFieldException(
                        "data." + key,
                        "is " + (entry.getValue() == null ? "null" : "no text but a " + entry.getValue().getClass().getSimpleName())
                                + "; expected a text");
            }
            copy.put(key, text.toString());
            bytes += text.toString().getBytes(StandardCharsets.UTF_8).length;
        }
        if (copy.isEmpty()) {
            throw new InvalidFieldException("data", "is empty; expected at least one key and value");
        }
        if (bytes > MAX_BYTES) {
            throw new InvalidFieldException("data", bytes + " bytes are too many for a Secret; expected " + MAX_BYTES + " at most");
        }
        return new SecretData(copy);
    }

    public Set<String> keys() {
        return values.keySet();
    }

    /** The values themselves, to mask them. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    Map<String, String> base64() {
        Map<String, String> encoded = new LinkedHashMap<>();
        values.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }

    @Override
    public String toString() {
        return "SecretData" + values.keySet();
    }
}
