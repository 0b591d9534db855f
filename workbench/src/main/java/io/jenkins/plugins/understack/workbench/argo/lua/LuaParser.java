package io.jenkins.plugins.understack.workbench.argo.lua;

import io.jenkins.plugins.understack.workbench.argo.lua.LuaTokens.Kind;
import io.jenkins.plugins.understack.workbench.argo.lua.LuaTokens.Token;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;

/** Statements. */
final class LuaParser {
    private static final int MAX_DEPTH = 50;

    private final LuaCursor cursor;
    private final TermParser terms;
    private int depth;

    LuaParser(String script, List<Token> tokens) {
        cursor = new LuaCursor(script, tokens);
        terms = new TermParser(cursor);
    }

    List<Statement> parse() throws UntranslatableException {
        List<Statement> statements = block();
        if (cursor.peek().kind() != Kind.END) {
            throw cursor.unexpected("the end of the script");
        }
        return statements;
    }

    private List<Statement> block() throws UntranslatableException {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = cursor.peek();
            if (token.kind() == Kind.END || token.is("end") || token.is("else") || token.is("elseif")) {
                return statements;
            }
            if (cursor.skip(";")) {
                continue;
            }
            boolean last = token.is("return");
            statements.add(statement(token));
            if (last) {
                cursor.skip(";");
                return statements;
            }
        }
    }

    private Statement statement(Token first) throws UntranslatableException {
        if (cursor.skip("return")) {
            return new Statement.Return(returned(), first.position());
        }
        if (cursor.skip("if")) {
            if (++depth > MAX_DEPTH) {
                throw cursor.wrong(first, "the script is nested too deeply");
            }
            Statement choice = choice();
            depth--;
            return choice;
        }
        if (cursor.skip("local")) {
            Token name = cursor.take();
            if (name.kind() != Kind.NAME) {
                throw cursor.wrong(name, (name.is("function") ? "functions are not translated" : "expected a name")
                        + "; write the script as a jq program");
            }
            return new Statement.Local(name.text(), cursor.skip("=") ? terms.term() : new Term.Literal(null), first.position());
        }
        if (first.kind() != Kind.NAME) {
            throw cursor.wrong(first, "\"" + first.text() + "\" is not translated; write the script as a jq program, where " + instead(first));
        }
        Term.Path target = terms.path();
        if (cursor.peek().is("(") || cursor.peek().is(":")) {
            throw cursor.wrong(first, "calls are not translated; write the script as a jq program");
        }
        cursor.expect("=");
        Term value = terms.term();
        if (cursor.peek().is(",")) {
            throw cursor.unexpected("one value; several assignments at once are not translated");
        }
        return new Statement.Assign(target, value, first.position());
    }

    private static String instead(Token token) {
        return switch (token.text()) {
            case "for", "while", "repeat", "do" -> "map(…), select(…) or reduce take the place of loops";
            case "function" -> "def takes its place";
            default -> "the input is the data";
        };
    }

    private Statement choice() throws UntranslatableException {
        Term condition = terms.term();
        cursor.expect("then");
        List<Statement> then = block();
        if (cursor.skip("elseif")) {
            if (++depth > MAX_DEPTH) {
                throw cursor.unexpected("fewer alternatives");
            }
            return new Statement.If(condition, then, List.of(choice()));
        }
        List<Statement> otherwise = cursor.skip("else") ? block() : List.of();
        cursor.expect("end");
        return new Statement.If(condition, then, otherwise);
    }

    /** Argo looks at the last of several values. */
    private Term returned() throws UntranslatableException {
        Token next = cursor.peek();
        if (next.kind() == Kind.END || next.is("end") || next.is("else") || next.is("elseif") || next.is(";")) {
            return new Term.Literal(null);
        }
        Term value = terms.term();
        while (cursor.skip(",")) {
            value = terms.term();
        }
        return value;
    }
}
