package io.jenkins.plugins.understack.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stands for event data where those do not belong, such as {@code build.xml}, and where they would be too long. */
public final class Digest {
    private Digest() {}

    /** SHA-256 in hexadecimal digits; null for null. */
    public static String of(String text) {
        try {
            return text == null
                    ? null
                    : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
