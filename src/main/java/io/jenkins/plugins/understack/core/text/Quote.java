package io.jenkins.plugins.understack.core.text;

/** Values as they are shown in a reason: quoted, on one line, and short. */
public final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    public static String of(String text) {
        return text.length() <= LONGEST
                ? "\"" + line(text) + "\""
                : "\"" + line(text.substring(0, LONGEST)) + "…\" (" + text.length() + " characters)";
    }

    /** Made for every reason of every decision, so without a regular expression. */
    private static String line(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                StringBuilder line = new StringBuilder(text);
                for (int j = i; j < text.length(); j++) {
                    if (isControl(text.charAt(j))) {
                        line.setCharAt(j, ' ');
                    }
                }
                return line.toString();
            }
        }
        return text;
    }

    /** Of ASCII. */
    private static boolean isControl(char c) {
        return c < ' ' || c == 0x7f;
    }
}
