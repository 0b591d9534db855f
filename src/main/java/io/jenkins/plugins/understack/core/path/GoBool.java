package io.jenkins.plugins.understack.core.path;

/** Truth values as Go's strconv.ParseBool reads them. */
public final class GoBool {
    private GoBool() {}

    /** Null for anything but 1, t, T, TRUE, true, True, 0, f, F, FALSE, false, False. */
    public static Boolean parse(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Boolean.TRUE;
            case "0", "f", "F", "FALSE", "false", "False" -> Boolean.FALSE;
            default -> null;
        };
    }
}
