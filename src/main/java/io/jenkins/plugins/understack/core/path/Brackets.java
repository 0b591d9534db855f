package io.jenkins.plugins.understack.core.path;

/** Finds the ends of bracketed pieces of a path. Strings in double quotes and escaped characters count as text. */
final class Brackets {
    private Brackets() {}

    /** The position of the quote that closes the string opened at {@code open}; the last position where none does. */
    static int endOfString(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return text.length() - 1;
    }

    /** The position of the bracket that closes the one at {@code open}, whatever their kinds; -1 where none does. */
    static int close(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '"' -> i = endOfString(text, i);
                case '[', '(', '{' -> depth++;
                case ']', ')', '}' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /** The first pipe outside of queries; -1 where there is none. */
    static int pipe(String path) {
        if (path.startsWith("{")) {
            int close = close(path, 0);
            return close >= 0 && path.startsWith("|", close + 1) ? close + 1 : -1;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '|') {
                return i;
            }
            if (c == '\\') {
                i++;
            } else if (path.startsWith(".#(", i) || path.startsWith(".#[", i)) {
                int close = close(path, i + 2);
                if (close < 0) {
                    return -1;
                }
                i = close;
            }
        }
        return -1;
    }
}
