package io.jenkins.plugins.understack.workbench.argo.lua;

import io.jenkins.plugins.understack.workbench.argo.lua.LuaTokens.Kind;
import io.jenkins.plugins.understack.workbench.argo.lua.LuaTokens.Token;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.List;

/** The tokens of a script, one after the other. */
final class LuaCursor {
    private final String script;
    private final List<Token> tokens;
    private int next;

    LuaCursor(String script, List<Token> tokens) {
        this.script = script;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    boolean skip(String text) {
        if (peek().is(text)) {
            take();
            return true;
        }
        return false;
    }

    void expect(String text) throws UntranslatableException {
        if (!skip(text)) {
            throw unexpected(text);
        }
    }

    UntranslatableException unexpected(String expected) {
        Token found = peek();
        return wrong(found, (found.kind() == Kind.END ? "the script ends" : "found " + found.text()) + "; expected " + expected);
    }

    UntranslatableException wrong(Token token, String why) {
        return new UntranslatableException(script, token.position(), why);
    }
}
