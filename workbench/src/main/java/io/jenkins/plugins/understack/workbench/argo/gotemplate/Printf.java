package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import io.jenkins.plugins.understack.workbench.argo.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;

/** {@code printf} with {@code %s %v %d %q %t %%}, without width and precision. */
final class Printf {
    private final CallWriter call;

    Printf(CallWriter call) {
        this.call = call;
    }

    Jq write(String format, List<Jq> arguments) throws UntranslatableException {
        List<Jq> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            char verb = ++i < format.length() ? format.charAt(i) : ' ';
            if (verb == '%') {
                plain.append('%');
                continue;
            }
            if (next == arguments.size()) {
                throw call.wrong("has fewer values than verbs");
            }
            if (plain.length() > 0) {
                parts.add(Jq.text(plain.toString()));
                plain.setLength(0);
            }
            parts.add(verb(verb, arguments.get(next++)));
        }
        if (next < arguments.size()) {
            throw call.wrong("has more values than verbs");
        }
        if (plain.length() > 0 || parts.isEmpty()) {
            parts.add(Jq.text(plain.toString()));
        }
        return Jq.joined(parts);
    }

    Jq verb(char verb, Jq value) throws UntranslatableException {
        Kind kind = value.kind();
        switch (verb) {
            case 's':
                if (kind == Kind.TEXT) {
                    return value;
                }
                if (kind == Kind.ANY) {
                    return Jq.call(Kind.TEXT, "go_verb_s", value);
                }
                throw call.wrong("prints a " + CallWriter.name(kind) + " with %s, which is no text; write %v");
            case 'v':
                return kind == Kind.TEXT
                        ? value
                        : Jq.call(Kind.TEXT, kind == Kind.INTEGER ? "go_integer_text" : kind == Kind.KEY ? "go_key_text" : "go_text", value);
            case 'd':
                if (kind == Kind.INTEGER) {
                    return Jq.call(Kind.TEXT, "go_integer_text", value);
                }
                throw call.wrong("prints %!d(float64=…) for a " + CallWriter.name(kind) + " in Argo Events; write (int …) around it");
            case 'q':
                if (kind == Kind.TEXT || kind == Kind.ANY) {
                    return Jq.call(Kind.TEXT, "go_quoted", kind == Kind.TEXT ? value : Jq.call(Kind.TEXT, "go_string", value));
                }
                throw call.wrong("quotes a " + CallWriter.name(kind) + " with %q; write (toString …) around it");
            case 't':
                if (kind == Kind.BOOLEAN) {
                    return Jq.call(Kind.TEXT, "go_text", value);
                }
                throw call.wrong("prints a " + CallWriter.name(kind) + " with %t; write %v");
            default:
                throw call.wrong("has the verb %" + verb + "; %s, %v, %d, %q, %t and %% are translated, without width or precision");
        }
    }
}
