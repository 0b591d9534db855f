package io.jenkins.plugins.understack.workbench.argo.govaluate;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.understack.workbench.argo.govaluate.GovaluateTokens.Kind;
import io.jenkins.plugins.understack.workbench.argo.govaluate.GovaluateTokens.Token;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Precedences of govaluate; all operators group from the left, {@code ? :} too. */
final class GovaluateParser {
    private static final int MAX_DEPTH = 100;
    /** From the weakest to the strongest. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("?", ":", "??"),
            Set.of("||"),
            Set.of("&&"),
            Set.of("==", "!=", ">", ">=", "<", "<=", "=~", "!~", "in"),
            Set.of("+", "-"),
            Set.of("*", "/", "%"),
            Set.of("**"));

    private final String text;
    private final List<Token> tokens;
    private int next;
    private int depth;

    GovaluateParser(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    Node parse() throws UntranslatableException {
        Node node = level(0);
        if (peek().kind() == Kind.COMMA) {
            throw wrong(peek(), "a list is no condition; expected it behind IN, in parentheses");
        }
        if (peek().kind() != Kind.END) {
            throw unexpected(peek(), "an operator");
        }
        return node;
    }

    private Node level(int level) throws UntranslatableException {
        if (level == LEVELS.size()) {
            return prefixed();
        }
        Node left = level(level + 1);
        while (peek().kind() == Kind.OPERATOR && LEVELS.get(level).contains(peek().text())) {
            Token operator = take();
            if (++depth > MAX_DEPTH) {
                throw wrong(operator, "the expression is too long; make several of it");
            }
            left = new Node.Binary(operator.text(), left, right(operator, level));
        }
        return left;
    }

    private Node right(Token operator, int level) throws UntranslatableException {
        Token first = peek();
        if (operator.text().endsWith("~") && first.kind() == Kind.TEXT) {
            try {
                Pattern.compile(first.text());
            } catch (PatternSyntaxException e) {
                throw wrong(first, "\"" + first.text() + "\" is no RE2 regular expression: " + e.getDescription());
            }
        }
        return level(level + 1);
    }

    private Node prefixed() throws UntranslatableException {
        Token token = peek();
        if (token.kind() != Kind.OPERATOR || !(token.text().equals("-") || token.text().equals("!"))) {
            return value();
        }
        take();
        if (peek().kind() == Kind.OPERATOR || peek().kind() == Kind.TEXT) {
            throw unexpected(peek(), "a name or parentheses behind " + token.text());
        }
        return new Node.Prefix(token.text(), value());
    }

    private Node value() throws UntranslatableException {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> new Node.Literal(Double.valueOf(token.text()));
            case TEXT -> new Node.Literal(token.text());
            case BOOLEAN -> new Node.Literal(Boolean.valueOf(token.text()));
            case NAME -> name(token);
            case OPEN -> clause(token);
            default -> throw unexpected(token, "a value");
        };
    }

    private Node name(Token token) throws UntranslatableException {
        if (peek().kind() == Kind.OPEN) {
            throw wrong(token, "there is no function " + token.text() + " in Argo Events; write the condition in jq");
        }
        return new Node.Name(token.text());
    }

    private Node clause(Token open) throws UntranslatableException {
        if (++depth > MAX_DEPTH) {
            throw wrong(open, "the expression is nested too deeply; make several of it");
        }
        List<Node> elements = new ArrayList<>(List.of(level(0)));
        while (peek().kind() == Kind.COMMA) {
            take();
            elements.add(level(0));
        }
        Token close = take();
        if (close.kind() != Kind.CLOSE) {
            throw unexpected(close, ")");
        }
        return elements.size() == 1 ? elements.get(0) : new Node.Elements(elements);
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private UntranslatableException unexpected(Token token, String expected) {
        String found = token.kind() == Kind.END ? "the expression ends" : "found " + token.text();
        return wrong(token, found + "; expected " + expected + ", as in Argo Events");
    }

    private UntranslatableException wrong(Token token, String why) {
        return new UntranslatableException(text, token.position(), why);
    }
}
