package io.jenkins.plugins.understack.workbench.argo.govaluate;

import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Cuts an expression into tokens. */
final class GovaluateTokens {
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "**", "&&", "||", "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "?", ":", "??", "!");
    private static final Set<String> BITS = Set.of("&", "|", "^", "<<", ">>", "~");
    /** The shapes of the layouts that govaluate tries; what only looks like a date is taken for one here. */
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ].*)?" // RFC 3339 and its relatives
            + "|(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\w{3} +\\d{1,2} .*" // ANSIC, UnixDate, RubyDate
            + "|\\d{1,2}:\\d{2}(AM|PM)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    enum Kind {
        NUMBER,
        TEXT,
        BOOLEAN,
        NAME,
        OPERATOR,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    /** @param text without quotes and escapes */
    record Token(Kind kind, String text, int position) {}

    private GovaluateTokens(String text) {
        this.text = text;
    }

    static List<Token> read(String text) throws UntranslatableException {
        return new GovaluateTokens(text).read();
    }

    private List<Token> read() throws UntranslatableException {
        while (next < text.length()) {
            char c = text.charAt(next);
            if (Character.isWhitespace(c)) {
                next++;
            } else if (c == '(' || c == ')' || c == ',') {
                add(c == '(' ? Kind.OPEN : c == ')' ? Kind.CLOSE : Kind.COMMA, String.valueOf(c), next++);
            } else if (isDigit(c) || c == '.') {
                number();
            } else if (c == '[') {
                add(Kind.NAME, delimited(next, other -> other == ']'), next);
            } else if (isQuote(c)) {
                quoted();
            } else if (Character.isLetter(c)) {
                word();
            } else {
                operator();
            }
        }
        add(Kind.END, "", text.length());
        return tokens;
    }

    private void add(Kind kind, String value, int position) {
        tokens.add(new Token(kind, value, position));
    }

    private void number() throws UntranslatableException {
        int start = next;
        while (next < text.length() && (isDigit(text.charAt(next)) || text.charAt(next) == '.')) {
            next++;
        }
        String digits = text.substring(start, next);
        if (digits.equals("0") && next < text.length() && text.charAt(next) == 'x') {
            throw wrong(start, "hexadecimal numbers are not translated; write it in decimal digits");
        }
        if (digits.chars().filter(c -> c == '.').count() > 1 || digits.equals(".") || digits.length() > 30) {
            throw wrong(start, "\"" + digits + "\" is no number");
        }
        add(Kind.NUMBER, digits, start);
    }

    private void quoted() throws UntranslatableException {
        int start = next;
        String value = delimited(start, GovaluateTokens::isQuote);
        if (DATE.matcher(value).matches()) {
            throw wrong(start, "\"" + value + "\" reads as a date, of which Argo Events compares the seconds since 1970, never the text; write the"
                    + " comparison that is meant in jq, such as .day == \"" + value + "\"");
        }
        add(Kind.TEXT, value, start);
    }

    /** Reads up to and with the delimiter; a backslash takes any character as it is. */
    private String delimited(int start, IntPredicate end) throws UntranslatableException {
        StringBuilder value = new StringBuilder();
        for (next = start + 1; next < text.length(); next++) {
            char c = text.charAt(next);
            if (c == '\\' && next + 1 < text.length()) {
                value.append(text.charAt(++next));
            } else if (end.test(c)) {
                next++;
                return value.toString();
            } else {
                value.append(c);
            }
        }
        throw wrong(start, "what begins here does not end; expected " + (text.charAt(start) == '[' ? "]" : "a quote"));
    }

    private void word() throws UntranslatableException {
        int start = next;
        StringBuilder value = new StringBuilder();
        for (; next < text.length(); next++) {
            char c = text.charAt(next);
            if (c == '\\' && next + 1 < text.length()) {
                value.append(text.charAt(++next));
            } else if (Character.isLetterOrDigit(c) || c == '_' || c == '.') {
                value.append(c);
            } else {
                break;
            }
        }
        String word = value.toString();
        if (word.contains(".")) {
            throw wrong(start, word + " reaches into a field, which Argo Events cannot; give fields a name with the path " + word);
        }
        boolean in = word.equals("in") || word.equals("IN");
        add(
                in ? Kind.OPERATOR : word.equals("true") || word.equals("false") ? Kind.BOOLEAN : Kind.NAME,
                in ? "in" : word,
                start);
    }

    /** All that stands together is one symbol: {@code ==-} is none. */
    private void operator() throws UntranslatableException {
        int start = next;
        while (next < text.length() && isSymbol(text.charAt(next))) {
            next++;
        }
        String symbol = text.substring(start, next);
        if (BITS.contains(symbol)) {
            throw wrong(start, "the bit operator " + symbol + " has no counterpart in jq; write the condition anew, with % and /");
        }
        if (!OPERATORS.contains(symbol)) {
            throw wrong(start, "\"" + symbol + "\" is no operator in Argo Events either" + (symbol.length() > 1 ? "; is a space missing?" : ""));
        }
        add(Kind.OPERATOR, symbol, start);
    }

    private static boolean isSymbol(char c) {
        return !(Character.isLetterOrDigit(c) || Character.isWhitespace(c) || "()[]\"'".indexOf(c) >= 0);
    }

    private static boolean isQuote(int c) {
        return c == '\'' || c == '"';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private UntranslatableException wrong(int position, String why) {
        return new UntranslatableException(text, position, why);
    }
}
