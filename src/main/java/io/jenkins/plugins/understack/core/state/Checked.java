package io.jenkins.plugins.understack.core.state;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Values with a checksum of themselves and their key before them: H2 has none for what its pages hold. */
final class Checked {
    private static final int LENGTH = 8;

    private Checked() {}

    static String wrap(String key, String value) {
        return checksum(key, value) + value;
    }

    static boolean isWhole(String key, String wrapped) {
        return wrapped.length() >= LENGTH && wrapped.startsWith(checksum(key, wrapped.substring(LENGTH)));
    }

    /** Of what {@link #isWhole}. */
    static String unwrap(String wrapped) {
        return wrapped.substring(LENGTH);
    }

    private static String checksum(String key, String value) {
        CRC32C crc = new CRC32C();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(value.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits(crc.getValue(), LENGTH);
    }
}
