package io.jenkins.plugins.understack.workbench.argo.translate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions of {@code functions.jq}, of which a program gets those that it calls. */
public final class Functions {
    private static final Pattern DEFINITION = Pattern.compile("(?ms)^def (\\w+).*?;$(?=\\n\\n|\\n?\\z)");
    private static final Pattern CALL = Pattern.compile("\\b(?:go|lua)_\\w+");
    private static final Map<String, String> DEFINITIONS = load();

    private Functions() {}

    /** The program with all definitions that it needs in front of it. */
    public static String define(Jq program) {
        Set<String> needed = new TreeSet<>();
        collect(program.text(), needed);
        StringBuilder text = new StringBuilder();
        DEFINITIONS.forEach((name, definition) -> {
            if (needed.contains(name)) {
                text.append(definition).append('\n');
            }
        });
        // In jackson-jq a definition holds for the next operand only, hence parentheses.
        return text.append(text.isEmpty() ? program.text() : program.operand()).toString();
    }

    private static void collect(String text, Set<String> needed) {
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            String definition = DEFINITIONS.get(call.group());
            if (definition != null && needed.add(call.group())) {
                collect(definition, needed);
            }
        }
    }

    static Set<String> names() {
        return DEFINITIONS.keySet();
    }

    private static Map<String, String> load() {
        Map<String, String> definitions = new LinkedHashMap<>();
        try (InputStream in = Functions.class.getResourceAsStream("functions.jq")) {
            Matcher definition = DEFINITION.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (definition.find()) {
                definitions.put(definition.group(1), definition.group());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return definitions;
    }
}
