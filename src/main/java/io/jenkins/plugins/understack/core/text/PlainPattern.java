package io.jenkins.plugins.understack.core.text;

import java.util.ArrayList;
import java.util.List;

/**
 * One alternative of a regular expression that consists of characters and dots, perhaps with {@code ^} before and {@code $}
 * behind.
 */
final class PlainPattern {
    /** Longer ones are left to RE2: here the time is that of text times expression. */
    private static final int LONGEST = 200;

    /** Stands for {@code .}: any code point but the end of a line. */
    private static final int ANY = -1;

    private static final String SPECIAL = "[](){}*+?|^$\\.";

    private final boolean begin;
    private final boolean end;
    private final int[] codePoints;
    /** The same where there is no dot, else null. */
    private final String literal;

    private PlainPattern(boolean begin, boolean end, List<Integer> codePoints) {
        this.begin = begin;
        this.end = end;
        this.codePoints = codePoints.stream().mapToInt(Integer::intValue).toArray();
        literal = codePoints.contains(ANY) ? null : new String(this.codePoints, 0, this.codePoints.length);
    }

    /** @return none where the expression is not that plain */
    static List<PlainPattern> alternatives(String regex) {
        List<PlainPattern> alternatives = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= regex.length(); i++) {
            if (i == regex.length() || regex.charAt(i) == '|') {
                PlainPattern alternative = parse(regex.substring(from, i));
                if (alternative == null || regex.length() > LONGEST) {
                    return List.of();
                }
                alternatives.add(alternative);
                from = i + 1;
            } else if (regex.charAt(i) == '\\') {
                i++;
            }
        }
        return alternatives;
    }

    private static PlainPattern parse(String regex) {
        boolean begin = regex.startsWith("^");
        int last = regex.length();
        boolean end = last > 0 && regex.charAt(last - 1) == '$' && !regex.endsWith("\\$");
        List<Integer> codePoints = new ArrayList<>();
        for (int i = begin ? 1 : 0; i < (end ? last - 1 : last); ) {
            int c = regex.codePointAt(i);
            i += Character.charCount(c);
            if (c == '.') {
                c = ANY;
            } else if (c == '\\' && i < last && SPECIAL.indexOf(regex.charAt(i)) >= 0) {
                c = regex.charAt(i++);
            } else if (SPECIAL.indexOf(c) >= 0 && !isPlainAlone(c) || Character.getType(c) == Character.SURROGATE) {
                return null;
            }
            codePoints.add(c);
        }
        return new PlainPattern(begin, end, codePoints);
    }

    /** What only closes stands for itself where nothing was opened, and what opens ends the parsing. */
    private static boolean isPlainAlone(int c) {
        return c == ']' || c == '}';
    }

    /** Steps that {@link #find} takes for each character of a text, at most; 0 where that is not its way. */
    int steps() {
        return literal != null || begin ? 0 : codePoints.length;
    }

    boolean matches(String text) {
        return literal == null ? behind(text, 0) == text.length() : literal.equals(text);
    }

    boolean find(String text) {
        if (begin && end) {
            return matches(text);
        }
        if (literal != null) {
            return begin ? text.startsWith(literal) : end ? text.endsWith(literal) : text.contains(literal);
        }
        if (begin) {
            return behind(text, 0) >= 0;
        }
        for (int i = 0; i + codePoints.length <= text.length(); i += Character.charCount(text.codePointAt(i))) {
            int behind = behind(text, i);
            if (end ? behind == text.length() : behind >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Where the text goes on behind this pattern, or -1 where it is not there. */
    private int behind(String text, int from) {
        int at = from;
        for (int wanted : codePoints) {
            if (at >= text.length()) {
                return -1;
            }
            int found = text.codePointAt(at);
            if (wanted == ANY ? found == '\n' : found != wanted) {
                return -1;
            }
            at += Character.charCount(found);
        }
        return at;
    }
}
