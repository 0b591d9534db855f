package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.function.IntConsumer;

/** Texts in quotes or backquotes, as Go writes them. */
final class GoString {
    private static final String ESCAPES = "abfnrtv\\\"'";
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"'";

    private GoString() {}

    /** @param end gets the position behind the text */
    static String read(String text, int start, IntConsumer end) throws UntranslatableException {
        char quote = text.charAt(start);
        StringBuilder value = new StringBuilder();
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                end.accept(i + 1);
                return value.toString();
            }
            if (c == '\n' && quote == '"') {
                break;
            }
            if (c == '\\' && quote == '"') {
                i++;
                int known = i < text.length() ? ESCAPES.indexOf(text.charAt(i)) : -1;
                if (known >= 0) {
                    value.append(ESCAPED.charAt(known));
                } else if (text.startsWith("u", i) && text.length() > i + 4 && text.substring(i + 1, i + 5).matches("[0-9a-fA-F]{4}")) {
                    value.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                } else {
                    throw new UntranslatableException(text, i - 1, "this escape is not translated; write the character itself");
                }
            } else {
                value.append(c);
            }
        }
        throw new UntranslatableException(text, start, "the text does not end; expected " + quote);
    }
}
