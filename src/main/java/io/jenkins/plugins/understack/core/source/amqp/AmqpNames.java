package io.jenkins.plugins.understack.core.source.amqp;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.nio.charset.StandardCharsets;

/** Names that a broker is told. */
final class AmqpNames {
    /** Of a short string (AMQP 0-9-1, section 4.2.5.3), in UTF-8. */
    private static final int MAX_BYTES = 255;
    private static final int SHOWN = 40;

    private AmqpNames() {}

    static void check(String field, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidFieldException(
                    field,
                    "\"" + name.substring(0, Math.min(SHOWN, name.length())) + "…\" has " + bytes + " bytes; AMQP allows up to "
                            + MAX_BYTES);
        }
    }
}
