package io.jenkins.plugins.understack.core.source.webhook;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash (RFC 2104) over the raw bytes of the body, in a header. Nautobot: SHA-512, {@code X-Hook-Signature}, hex, no
 * prefix; GitHub: SHA-256, {@code X-Hub-Signature-256}, hex, prefix {@code sha256=}.
 *
 * @param credentialsId secret text; its UTF-8 bytes are the key
 * @param prefix stands before the signature in the header; empty for none
 */
public record HmacAuthentication(
        String credentialsId, Algorithm algorithm, String header, String prefix, Encoding encoding)
        implements WebhookAuthentication {
    /** SHA-1 is not offered: collisions are practical, and every sender we know can do better. */
    public enum Algorithm {
        SHA256("SHA-256", "HmacSHA256"),
        SHA512("SHA-512", "HmacSHA512");

        private final String label;
        private final String mac;

        Algorithm(String label, String mac) {
            this.label = label;
            this.mac = mac;
        }

        /** The name of the hash function in FIPS 180-4, for example {@code SHA-512}. */
        public String label() {
            return label;
        }

        /** @throws InvalidFieldException also for SHA-1 and MD5 */
        public static Algorithm parse(String text) {
            String name = Fields.required("authentication.hmac.algorithm", text).toUpperCase(Locale.ROOT).replace("-", "");
            for (Algorithm algorithm : values()) {
                if (algorithm.name().equals(name)) {
                    return algorithm;
                }
            }
            throw new InvalidFieldException(
                    "authentication.hmac.algorithm", "\"" + text + "\" is refused; expected SHA-256 or SHA-512");
        }
    }

    /** How the signature is written. */
    public enum Encoding {
        HEX,
        BASE64;

        public static Encoding parse(String text) {
            return switch (Fields.required("authentication.hmac.encoding", text).toLowerCase(Locale.ROOT)) {
                case "hex" -> HEX;
                case "base64" -> BASE64;
                default -> throw new InvalidFieldException(
                        "authentication.hmac.encoding", "\"" + text + "\" is unknown; expected hex or base64");
            };
        }
    }

    public HmacAuthentication {
        credentialsId = Fields.required("authentication.hmac.credentialsId", credentialsId);
        header = Fields.required("authentication.hmac.header", header);
        prefix = prefix == null ? "" : prefix;
    }

    @Override
    public boolean accepts(WebhookRequest request, byte[] body, Secrets secrets) throws SecretUnavailableException {
        String key = secrets.text(credentialsId);
        if (key.isEmpty()) {
            throw new SecretUnavailableException(credentialsId, "is empty; expected the key that the sender signs with");
        }
        byte[] expected = sign(key, body);
        String value = request.header(header);
        if (value == null || !value.startsWith(prefix)) {
            return false;
        }
        return MessageDigest.isEqual(expected, decode(value.substring(prefix.length()).strip()));
    }

    private byte[] sign(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm.mac);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm.mac));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm.mac, e);
        }
    }

    /** Empty, which equals no signature, for what is no hex or base64. */
    private byte[] decode(String signature) {
        try {
            return encoding == Encoding.HEX
                    ? HexFormat.of().parseHex(signature)
                    : Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public String challenge() {
        return "HMAC-" + algorithm.label + " realm=\"understack\", header=\"" + header + "\"";
    }

    @Override
    public String proofHeader() {
        return header;
    }
}
