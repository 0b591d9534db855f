package io.jenkins.plugins.understack.workbench.argo.gotemplate;

import io.jenkins.plugins.understack.workbench.argo.translate.Jq.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function of sprig or of Go whose counterpart in functions.jq has its name behind {@code go_}.
 *
 * @param parameters ANY takes everything
 * @param variadic whether the last one stands for any number of arguments, which the counterpart gets as a list
 * @param result null: what the arguments are that may come out
 */
record Sprig(String name, List<Kind> parameters, boolean variadic, Kind result) {
    private static final Pattern LINE = Pattern.compile("(\\w+)\\((.*?)(\\.\\.\\.)?\\) (\\w+)");
    private static final String TABLE =
            """
            upper(text) text
            lower(text) text
            title(text) text
            trim(text) text
            trimAll(text, text) text
            trimPrefix(text, text) text
            trimSuffix(text, text) text
            nospace(text) text
            replace(text, text, text) text
            repeat(integer, text) text
            substr(integer, integer, text) text
            trunc(integer, text) text
            contains(text, text) boolean
            hasPrefix(text, text) boolean
            hasSuffix(text, text) boolean
            regexMatch(text, text) boolean
            quote(any...) text
            squote(any...) text
            cat(any...) text
            toString(any) text
            b64enc(text) text
            b64dec(text) text
            toJson(any) text
            fromJson(text) any
            split(text, text) object
            splitList(text, text) list
            join(text, any) text
            sortAlpha(any) list
            list(any...) list
            first(any) mixed
            last(any) mixed
            rest(any) list
            initial(any) list
            reverse(any) list
            has(any, any) boolean
            dict(any...) object
            get(object, text) mixed
            hasKey(object, text) boolean
            int(any) integer
            int64(any) integer
            float64(any) number
            add(any...) integer
            add1(any) integer
            sub(any, any) integer
            mul(any...) integer
            div(any, any) integer
            mod(any, any) integer
            max(any...) integer
            min(any...) integer
            empty(any) boolean
            default(any, any) same
            coalesce(any...) same
            ternary(any, any, boolean) same
            len(any) integer
            not(any) boolean
            """;
    private static final Map<String, Sprig> FUNCTIONS = load();

    private static Map<String, Sprig> load() {
        Map<String, Sprig> functions = new LinkedHashMap<>();
        TABLE.lines().forEach(line -> {
            Matcher function = LINE.matcher(line);
            if (!function.matches()) {
                throw new IllegalStateException(line);
            }
            List<Kind> parameters = Arrays.stream(function.group(2).split(", ")).map(Sprig::kind).toList();
            boolean same = function.group(4).equals("same");
            functions.put(
                    function.group(1),
                    new Sprig(function.group(1), parameters, function.group(3) != null, same ? null : kind(function.group(4))));
        });
        return functions;
    }

    private static Kind kind(String name) {
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Null where there is none. */
    static Sprig find(String name) {
        return FUNCTIONS.get(name);
    }

    static List<String> names() {
        return List.copyOf(FUNCTIONS.keySet());
    }

    /** Why a function that Argo has is not here, for the middle of a sentence. */
    static String whyNot(String name) {
        if (name.matches("now|date.*|ago|duration.*|.*[dD]ate.*|unixEpoch|htmlDate.*")) {
            return "depends on the moment at which it runs; take the time in the job";
        }
        if (name.matches("env|expandenv|getHostByName")) {
            return "reads the environment of Argo's pod; write its value into the template";
        }
        if (name.matches("rand.*|uuidv4|gen[A-Z].*|.*crypt.*|shuffle|derivePassword")) {
            return "is random; make the value in the job";
        }
        if (name.matches("(must)?[rR]egex.*")) {
            return "has no counterpart in the jq of sensors, whose test(\"…\") only tells whether an expression matches; take the text apart with"
                    + " split and join, or in the job";
        }
        return "is not translated; write the template as a jq program";
    }
}
