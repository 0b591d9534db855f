package io.jenkins.plugins.understack.core.path;

import java.util.Optional;

/** Truth values as Go's strconv.ParseBool reads them. */
public final class GoBool {
    private GoBool() {}

    /** Empty for anything but 1, t, T, TRUE, true, True, 0, f, F, FALSE, false, False. */
    public static Optional<Boolean> parse(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Optional.of(true);
            case "0", "f", "F", "FALSE", "false", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
