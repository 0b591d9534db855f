package io.jenkins.plugins.understack.core.sensor;

/** Values as they are shown in a reason: quoted, on one line, and short. */
public final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    public static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST
                ? "\"" + line + "\""
                : "\"" + line.substring(0, LONGEST) + "…\" (" + text.length() + " characters)";
    }
}
