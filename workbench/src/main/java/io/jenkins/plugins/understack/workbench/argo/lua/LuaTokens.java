package io.jenkins.plugins.understack.workbench.argo.lua;

import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a script into tokens. */
final class LuaTokens {
    private static final Pattern TOKEN = Pattern.compile("(?<space>\\s+|--\\[\\[(?s:.*?)\\]\\]|--(?!\\[\\[)[^\\n]*)"
            + "|(?<number>[0-9]{1,15}(\\.[0-9]{1,15})?(?![0-9A-Za-z_.]))"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
            + "|(?<text>\"([^\"\\\\\\n]|\\\\.)*+\"|'([^'\\\\\\n]|\\\\.)*+')"
            + "|(?<symbol>==|~=|<=|>=|\\.\\.(?!\\.)|[-+*/%^#<>=(){}\\[\\];:,.])");
    private static final Set<String> KEYWORDS = Set.of(
            "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or",
            "repeat", "return", "then", "true", "until", "while");

    enum Kind {
        NAME,
        KEYWORD,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    record Token(Kind kind, String text, int position) {
        boolean is(String other) {
            return text.equals(other) && (kind == Kind.KEYWORD || kind == Kind.SYMBOL);
        }
    }

    private LuaTokens() {}

    static List<Token> read(String script) throws UntranslatableException {
        List<Token> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(script);
        int next = 0;
        while (next < script.length()) {
            if (!token.region(next, script.length()).lookingAt()) {
                throw new UntranslatableException(script, next, "\"" + script.charAt(next) + "\" is not translated; write the script as a jq program");
            }
            if (token.group("number") != null) {
                tokens.add(new Token(Kind.NUMBER, token.group(), next));
            } else if (token.group("word") != null) {
                tokens.add(new Token(KEYWORDS.contains(token.group()) ? Kind.KEYWORD : Kind.NAME, token.group(), next));
            } else if (token.group("text") != null) {
                tokens.add(new Token(Kind.TEXT, unescape(script, next, token.group()), next));
            } else if (token.group("symbol") != null) {
                tokens.add(new Token(Kind.SYMBOL, token.group(), next));
            }
            next = token.end();
        }
        tokens.add(new Token(Kind.END, "", script.length()));
        return tokens;
    }

    private static String unescape(String script, int start, String quoted) throws UntranslatableException {
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                int known = "nrt\\\"'".indexOf(quoted.charAt(++i));
                if (known < 0) {
                    throw new UntranslatableException(script, start + i - 1, "this escape is not translated; write the character itself");
                }
                c = "\n\r\t\\\"'".charAt(known);
            }
            value.append(c);
        }
        return value.toString();
    }
}
