package io.jenkins.plugins.understack.workbench.argo.lua;

import io.jenkins.plugins.understack.workbench.argo.translate.Functions;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.List;

/** Translates scripts. */
public final class Lua {
    private Lua() {}

    /** {@code filters.script}, as a condition over an object whose member {@code event} is the data. */
    public static Translation filterToJq(String script) {
        return Translation.of(() -> translate(script, true));
    }

    /** {@code transform.script}, as a program from data to data. */
    public static Translation transformToJq(String script) {
        return Translation.of(() -> translate(script, false));
    }

    private static String translate(String script, boolean filter) throws UntranslatableException {
        Jq body = new LuaWriter(script, filter).write(parse(script));
        return Functions.define(Jq.open("lua_event(" + (filter ? ".event" : ".") + ") as $event | " + body.text(), body.kind()));
    }

    static List<Statement> parse(String script) throws UntranslatableException {
        return new LuaParser(script, LuaTokens.read(script)).parse();
    }
}
