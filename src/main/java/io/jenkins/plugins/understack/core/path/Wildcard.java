package io.jenkins.plugins.understack.core.path;

/** Patterns with {@code *} (any characters), {@code ?} (one character) and {@code \} (the next one as it is). */
final class Wildcard {
    /** Patterns that would take longer match nothing, as in gjson, which has such a limit, too. */
    private static final int MOST_STEPS = 10_000_000;

    private Wildcard() {}

    static boolean matches(String text, String pattern) {
        int steps = 0;
        PathBudget.takeText(text.length());
        int t = 0;
        int p = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (++steps > MOST_STEPS) {
                return false;
            }
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                PathBudget.takeText(text.length() - t);
                star = p++;
                mark = t;
            } else if (p < pattern.length() && one(text.charAt(t), pattern, p)) {
                p += step(pattern, p);
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean one(char c, String pattern, int p) {
        char expected = pattern.charAt(p);
        if (expected == '?') {
            return true;
        }
        return expected == '\\' ? p + 1 < pattern.length() && pattern.charAt(p + 1) == c : expected == c;
    }

    private static int step(String pattern, int p) {
        return pattern.charAt(p) == '\\' ? 2 : 1;
    }
}
