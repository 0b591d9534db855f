package io.jenkins.plugins.understack.core.text;

import java.util.ArrayDeque;
import java.util.Deque;

/** How large the automaton of a regular expression will be, from its text; rather too much than too little. */
final class PatternSize {
    /** RE2 itself allows 1000; nested ones multiply. */
    private static final long ENOUGH = Integer.MAX_VALUE;

    private final String regex;
    private final Deque<Long> groups = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;

    private PatternSize(String regex) {
        this.regex = regex;
    }

    static long steps(String regex) {
        return new PatternSize(regex).read();
    }

    private long read() {
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> classOfCharacters();
                case '(' -> open();
                case ')' -> {
                    last += sum + 2;
                    sum = groups.isEmpty() ? 0 : groups.pop();
                }
                case '*', '+', '?' -> last += 2;
                case '{' -> repetition();
                default -> atom(1);
            }
        }
        long total = sum + last;
        for (long group : groups) {
            total += group;
        }
        return Math.min(ENOUGH, total);
    }

    private void atom(long size) {
        sum = Math.min(ENOUGH, sum + last);
        last = size;
    }

    private void open() {
        int flags = at;
        while (flags < regex.length() && "?-imsU".indexOf(regex.charAt(flags)) >= 0) {
            flags++;
        }
        if (flags > at && regex.startsWith(")", flags)) {
            // Flags alone: a repetition behind them is one of what is before them.
            at = flags + 1;
            return;
        }
        groups.push(Math.min(ENOUGH, sum + last));
        sum = 0;
        last = 0;
    }

    private void escape() {
        if (regex.startsWith("Q", at)) {
            int end = regex.indexOf("\\E", at);
            int quoted = (end < 0 ? regex.length() : end) - at - 1;
            atom(quoted);
            at = end < 0 ? regex.length() : end + 2;
        } else if (at < regex.length()) {
            boolean named = "pPx".indexOf(regex.charAt(at++)) >= 0 && regex.startsWith("{", at);
            int end = named ? regex.indexOf('}', at) : -1;
            at = end < 0 ? at : end + 1;
            atom(1);
        }
    }

    private void classOfCharacters() {
        at += regex.startsWith("^", at) ? 1 : 0;
        at += regex.startsWith("]", at) ? 1 : 0;
        while (at < regex.length() && regex.charAt(at) != ']') {
            if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
                at = regex.indexOf(":]", at) + 1;
            }
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        atom(1);
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else stands for itself. */
    private void repetition() {
        int end = regex.indexOf('}', at);
        String numbers = end < 0 ? "" : regex.substring(at, end);
        if (!numbers.matches("\\d{1,4}(,\\d{0,4})?")) {
            atom(1);
            return;
        }
        at = end + 1;
        long most = 1;
        for (String number : numbers.split(",")) {
            most = Math.max(most, Long.parseLong(number));
        }
        last = Math.min(ENOUGH, (last + 1) * most + 2);
    }
}
