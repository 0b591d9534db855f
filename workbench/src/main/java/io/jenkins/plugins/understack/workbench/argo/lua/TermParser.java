package io.jenkins.plugins.understack.workbench.argo.lua;

import io.jenkins.plugins.understack.workbench.argo.lua.LuaTokens.Kind;
import io.jenkins.plugins.understack.workbench.argo.lua.LuaTokens.Token;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Expressions, with the precedences of Lua. */
final class TermParser {
    private static final int MAX_DEPTH = 100;
    /** From the weakest to the strongest; .. groups from the right. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("or"),
            Set.of("and"),
            Set.of("<", ">", "<=", ">=", "~=", "=="),
            Set.of(".."),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));

    private final LuaCursor cursor;
    private int depth;

    TermParser(LuaCursor cursor) {
        this.cursor = cursor;
    }

    Term term() throws UntranslatableException {
        return level(0);
    }

    private Term level(int level) throws UntranslatableException {
        if (level == LEVELS.size()) {
            return unary();
        }
        Term left = level(level + 1);
        while (LEVELS.get(level).contains(cursor.peek().text()) && cursor.peek().kind() != Kind.TEXT) {
            Token operator = cursor.take();
            deeper(operator);
            Term right = level(operator.is("..") ? level : level + 1);
            left = new Term.Binary(operator.text(), left, right, operator.position());
        }
        return left;
    }

    private Term unary() throws UntranslatableException {
        Token token = cursor.peek();
        if (cursor.skip("not") || cursor.skip("-") || cursor.skip("#")) {
            deeper(token);
            return new Term.Unary(token.text(), unary());
        }
        Term base = primary();
        Token operator = cursor.peek();
        if (cursor.skip("^")) {
            deeper(operator);
            return new Term.Binary("^", base, unary(), operator.position());
        }
        return base;
    }

    private void deeper(Token token) throws UntranslatableException {
        if (++depth > MAX_DEPTH) {
            throw cursor.wrong(token, "the script is too long or too deeply nested; write it as a jq program");
        }
    }

    private Term primary() throws UntranslatableException {
        Token token = cursor.peek();
        if (token.kind() == Kind.NAME) {
            return named(token);
        }
        cursor.take();
        if (token.kind() == Kind.NUMBER) {
            return new Term.Literal(Double.valueOf(token.text()));
        } else if (token.kind() == Kind.TEXT) {
            return new Term.Literal(token.text());
        } else if (token.is("true") || token.is("false")) {
            return new Term.Literal(Boolean.valueOf(token.text()));
        } else if (token.is("nil")) {
            return new Term.Literal(null);
        } else if (token.is("(")) {
            deeper(token);
            Term inner = term();
            cursor.expect(")");
            if (cursor.peek().is(".") || cursor.peek().is("[")) {
                throw cursor.unexpected("no field of what stands in parentheses; give it a local name");
            }
            return inner;
        } else if (token.is("{")) {
            deeper(token);
            return table();
        }
        throw cursor.wrong(token, (token.kind() == Kind.END ? "the script ends" : "\"" + token.text() + "\" is not translated here")
                + "; write the script as a jq program");
    }

    private Term named(Token token) throws UntranslatableException {
        Term.Path path = path();
        if (!cursor.peek().is("(") && !cursor.peek().is(":") && cursor.peek().kind() != Kind.TEXT) {
            return path;
        }
        if (path.keys().isEmpty() && token.text().equals("tostring") && cursor.skip("(")) {
            Term value = term();
            cursor.expect(")");
            return new Term.ToText(value);
        }
        if (path.keys().isEmpty() && token.text().equals("setmetatable") && cursor.skip("(")) {
            return emptyArray();
        }
        throw cursor.wrong(token, "calls but tostring(…) are not translated; write the script as a jq program");
    }

    private Term emptyArray() throws UntranslatableException {
        for (String part : List.of("{", "}", ",", "{")) {
            cursor.expect(part);
        }
        Token flag = cursor.take();
        if (!flag.text().equals("__is_array")) {
            throw cursor.wrong(flag, "of metatables {__is_array = true} alone is translated");
        }
        for (String part : List.of("=", "true", "}", ")")) {
            cursor.expect(part);
        }
        return new Term.EmptyArray();
    }

    Term.Path path() throws UntranslatableException {
        Token name = cursor.take();
        List<Term> keys = new ArrayList<>();
        while (true) {
            Token token = cursor.peek();
            if (cursor.skip(".")) {
                Token key = cursor.take();
                if (key.kind() != Kind.NAME) {
                    throw cursor.wrong(key, "expected a name behind the dot");
                }
                keys.add(new Term.Literal(key.text()));
            } else if (cursor.skip("[")) {
                deeper(token);
                keys.add(term());
                cursor.expect("]");
            } else {
                return new Term.Path(name.text(), List.copyOf(keys), name.position());
            }
        }
    }

    private Term table() throws UntranslatableException {
        List<String> keys = new ArrayList<>();
        List<Term> values = new ArrayList<>();
        while (!cursor.skip("}")) {
            Token first = cursor.peek();
            Term value = term();
            if (cursor.skip("=")) {
                if (!(value instanceof Term.Path path) || !path.keys().isEmpty()) {
                    throw cursor.wrong(first, "expected a name as key");
                }
                keys.add(path.variable());
                value = term();
            }
            values.add(value);
            if (!cursor.skip(",") && !cursor.skip(";") && !cursor.peek().is("}")) {
                throw cursor.unexpected(", or }");
            }
        }
        if (!keys.isEmpty() && keys.size() != values.size()) {
            throw cursor.unexpected("either keys or a list; a table of both is not translated");
        }
        return new Term.Table(keys.isEmpty() && !values.isEmpty() ? null : keys, values);
    }
}
