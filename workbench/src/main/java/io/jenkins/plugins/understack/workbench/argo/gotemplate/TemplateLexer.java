package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tokens of a template, inside and outside of its actions. */
final class TemplateLexer {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final String TRIMMED = " \t\r\n";

    private final String text;
    private int next;
    /** Whether the text that comes now loses its white space, because of {@code -}}}. */
    private boolean trim;

    enum Kind {
        FIELD,
        DOT,
        VARIABLE,
        NAME,
        TEXT,
        NUMBER,
        SYMBOL,
        /** Of the action. */
        END
    }

    /** @param apart whether white space stands before it */
    record Token(Kind kind, String text, int position, boolean apart) {}

    TemplateLexer(String text) {
        this.text = text;
    }

    int position() {
        return next;
    }

    /** Up to the next action or the end. */
    String plain() {
        int start = next;
        int end = text.indexOf("{{", start);
        next = end < 0 ? text.length() : end + 2;
        String plain = text.substring(start, end < 0 ? text.length() : end);
        if (trim) {
            plain = strip(plain, true);
            trim = false;
        }
        if (end >= 0 && text.startsWith("-", next) && next + 1 < text.length() && TRIMMED.indexOf(text.charAt(next + 1)) >= 0) {
            plain = strip(plain, false);
            next++;
        }
        atEnd = end < 0;
        return plain;
    }

    private boolean atEnd;

    /** Whether {@link #plain} reached the end of the template. */
    boolean atEnd() {
        return atEnd;
    }

    private static String strip(String plain, boolean front) {
        int from = 0;
        int to = plain.length();
        while (front && from < to && TRIMMED.indexOf(plain.charAt(from)) >= 0) {
            from++;
        }
        while (!front && from < to && TRIMMED.indexOf(plain.charAt(to - 1)) >= 0) {
            to--;
        }
        return plain.substring(from, to);
    }

    /** Whether the action that begins here is a comment, which then is read. */
    boolean comment() throws UntranslatableException {
        int start = next;
        while (start < text.length() && TRIMMED.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        if (!text.startsWith("/*", start)) {
            return false;
        }
        int end = text.indexOf("*/", start + 2);
        if (end < 0) {
            throw wrong(start, "the comment does not end");
        }
        next = end + 2;
        if (token().kind() != Kind.END) {
            throw wrong(next, "expected }} behind the comment");
        }
        return true;
    }

    Token token() throws UntranslatableException {
        int before = next;
        while (next < text.length() && TRIMMED.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        boolean apart = next > before;
        int start = next;
        if (text.startsWith("}}", start) || apart && text.startsWith("-}}", start)) {
            trim = text.charAt(start) == '-';
            next += trim ? 3 : 2;
            return new Token(Kind.END, "}}", start, apart);
        }
        if (start >= text.length()) {
            throw wrong(start, "the action does not end; expected }}");
        }
        char c = text.charAt(start);
        if (c == '"' || c == '`') {
            return new Token(Kind.TEXT, GoString.read(text, start, end -> next = end), start, apart);
        }
        Matcher number = NUMBER.matcher(text).region(start, text.length());
        if (number.lookingAt()) {
            next = number.end();
            return ended(new Token(Kind.NUMBER, number.group(), start, apart));
        }
        if (c == '.' || c == '$') {
            String word = word(start + 1);
            next = start + 1 + word.length();
            Kind kind = c == '$' ? Kind.VARIABLE : word.isEmpty() ? Kind.DOT : Kind.FIELD;
            return ended(new Token(kind, word, start, apart));
        }
        String word = word(start);
        if (!word.isEmpty()) {
            next += word.length();
            return ended(new Token(Kind.NAME, word, start, apart));
        }
        String symbol = text.startsWith(":=", start) ? ":=" : String.valueOf(c);
        if (!symbol.equals(":=") && "|(),=".indexOf(c) < 0) {
            throw wrong(start, "\"" + symbol + "\" cannot stand here, in Argo Events either");
        }
        next += symbol.length();
        return new Token(Kind.SYMBOL, symbol, start, apart);
    }

    private String word(int start) {
        Matcher word = WORD.matcher(text).region(start, text.length());
        return word.lookingAt() ? word.group() : "";
    }

    /** {@code .a-b} is neither a field nor a difference. */
    private Token ended(Token token) throws UntranslatableException {
        if (next < text.length() && " \t\r\n.,|:)(=}".indexOf(text.charAt(next)) < 0) {
            throw wrong(next, "\"" + text.charAt(next) + "\" cannot stand in a name or number; write (index .Input \"a-b\") for such a key");
        }
        return token;
    }

    UntranslatableException wrong(int position, String why) {
        return new UntranslatableException(text, position, why);
    }
}
