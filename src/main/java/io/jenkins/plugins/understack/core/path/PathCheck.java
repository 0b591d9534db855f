package io.jenkins.plugins.understack.core.path;

import io.jenkins.plugins.understack.core.InvalidFieldException;

/** Finds in a path what gjson accepts and what then never leads anywhere. */
final class PathCheck {
    private PathCheck() {}

    static void check(String field, String text) {
        if (text.isBlank()) {
            throw new InvalidFieldException(field, "is blank; expected a path such as body.event_type");
        }
        boolean startOfPart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean start = startOfPart;
            startOfPart = c == '.' || c == '|';
            if (startOfPart && (start || i + 1 == text.length())) {
                throw refused(field, text, "has an empty part; expected a key or an index between dots");
            }
            switch (c) {
                case '\\' -> {
                    if (++i == text.length()) {
                        throw refused(field, text, "ends with a backslash; expected a character after it");
                    }
                }
                case '@' -> {
                    if (start && !Modifier.startsHere(text.substring(i))) {
                        throw refused(field, text, "has an unknown modifier at position " + (i + 1)
                                + "; expected one of gjson's, or \\@ where it belongs to a key");
                    }
                    if (start) {
                        // Its argument has rules of its own.
                        return;
                    }
                }
                case '[', '{', '(' -> {
                    int close = Brackets.close(text, i);
                    if (close < 0) {
                        throw refused(field, text, "has a bracket at position " + (i + 1) + "; expected another that closes it");
                    }
                    i = close;
                }
                case ',' -> throw refused(
                        field, text, "has a comma outside of brackets; expected [a,b] for several paths, or \\, where it belongs to a key");
                default -> {}
            }
        }
    }

    private static InvalidFieldException refused(String field, String text, String problem) {
        return new InvalidFieldException(field, "\"" + text + "\" " + problem);
    }
}
