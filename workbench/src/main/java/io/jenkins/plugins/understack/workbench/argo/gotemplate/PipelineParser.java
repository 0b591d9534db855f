package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.gotemplate.TemplateLexer.Kind;
import io.jenkins.plugins.understack.workbench.argo.gotemplate.TemplateLexer.Token;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;

/** Commands, which are given their predecessor's value as last argument. */
final class PipelineParser {
    private static final int MAX_DEPTH = 50;

    private final TemplateLexer lexer;
    private Token token;
    /** Behind {@link #token}, or null. */
    private Token following;
    private int depth;

    PipelineParser(TemplateLexer lexer, Token first) {
        this.lexer = lexer;
        token = first;
    }

    Token advance() throws UntranslatableException {
        token = following == null ? lexer.token() : following;
        following = null;
        return token;
    }

    /** Takes back one token that was read too much. */
    void startWith(Token first) {
        following = token;
        token = first;
    }

    Value toEnd() throws UntranslatableException {
        Value value = pipeline();
        if (token.kind() != Kind.END) {
            throw unexpected("}}");
        }
        return value;
    }

    private Value pipeline() throws UntranslatableException {
        Value value = command(null);
        while (isSymbol("|")) {
            advance();
            value = command(value);
        }
        return value;
    }

    private Value command(Value last) throws UntranslatableException {
        Token first = token;
        if (first.kind() == Kind.NAME && !isConstant(first)) {
            advance();
            List<Value> arguments = new ArrayList<>();
            while (startsOperand()) {
                arguments.add(operand());
            }
            if (last != null) {
                arguments.add(last);
            }
            return new Value.Call(first.text(), List.copyOf(arguments), first.position());
        }
        Value value = operand();
        if (value instanceof Value.Literal literal && literal.value() == null) {
            throw lexer.wrong(first.position(), "nil is no command, in Argo Events either");
        }
        if (startsOperand() || last != null) {
            throw lexer.wrong(first.position(), value + " is no function, so nothing can be given to it");
        }
        return value;
    }

    private static boolean isConstant(Token token) {
        return token.text().equals("true") || token.text().equals("false") || token.text().equals("nil");
    }

    private boolean isSymbol(String symbol) {
        return token.kind() == Kind.SYMBOL && token.text().equals(symbol);
    }

    private boolean startsOperand() {
        return token.kind() != Kind.END && (token.kind() != Kind.SYMBOL || token.text().equals("("));
    }

    private Value operand() throws UntranslatableException {
        Token first = token;
        Value value = term();
        List<String> names = new ArrayList<>();
        while (token.kind() == Kind.FIELD && !token.apart()) {
            names.add(token.text());
            advance();
        }
        if (token.kind() == Kind.DOT && !token.apart()) {
            throw unexpected("a name behind the dot");
        }
        if (names.isEmpty()) {
            return value;
        }
        if (value instanceof Value.Literal) {
            throw lexer.wrong(first.position(), value + " has no fields");
        }
        if (value instanceof Value.Member member && first.kind() == Kind.FIELD) {
            names.addAll(0, member.names());
            value = member.of();
        }
        return new Value.Member(value, List.copyOf(names), first.position());
    }

    private Value term() throws UntranslatableException {
        Token first = token;
        if (isSymbol("(")) {
            return parenthesised();
        }
        advance();
        return switch (first.kind()) {
            case DOT -> new Value.Dot();
            case FIELD -> new Value.Member(new Value.Dot(), List.of(first.text()), first.position());
            case VARIABLE -> new Value.Variable(first.text(), first.position());
            case TEXT -> new Value.Literal(first.text());
            case NUMBER -> number(first);
            case NAME -> switch (first.text()) {
                case "true", "false" -> new Value.Literal(Boolean.valueOf(first.text()));
                case "nil" -> new Value.Literal(null);
                default -> new Value.Call(first.text(), List.of(), first.position());
            };
            default -> throw lexer.wrong(first.position(), "found " + first.text() + "; expected a value");
        };
    }

    private Value parenthesised() throws UntranslatableException {
        if (++depth > MAX_DEPTH) {
            throw lexer.wrong(token.position(), "the parentheses are nested too deeply");
        }
        advance();
        Value inner = pipeline();
        if (!isSymbol(")")) {
            throw unexpected(")");
        }
        advance();
        depth--;
        return inner;
    }

    private Value number(Token number) throws UntranslatableException {
        String text = number.text();
        if (text.matches("[+-]?(0|[1-9][0-9]{0,14})")) {
            return new Value.Literal(Long.valueOf(text));
        }
        if (text.matches("[+-]?[0-9]{1,15}\\.[0-9]{1,15}")) {
            return new Value.Literal(Double.valueOf(text));
        }
        throw lexer.wrong(number.position(), "numbers are translated as digits with or without a fraction; found " + text);
    }

    private UntranslatableException unexpected(String expected) {
        return lexer.wrong(token.position(), "found " + token.text() + "; expected " + expected);
    }
}
