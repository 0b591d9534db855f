package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.workbench.argo.translate.Jq;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills references such as {@code {{ .Values.a.b | default "x" | quote }}} of a Helm chart. Braces of Argo itself, such as those of
 * {@code dataTemplate} and {@code {{workflow.name}}}, stay.
 */
final class HelmValues {
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\.Values((?:\\.[A-Za-z_][A-Za-z0-9_]*)+)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|(-?[0-9.]+|true|false)");
    private static final Pattern DEFAULT = Pattern.compile("default\\s+(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|[^\\s\"`|]+)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern OF_HELM = Pattern.compile("(?s).*\\.(Values|Release|Chart|Capabilities|Files|Template)\\b.*"
            + "|(include|tpl|define|template|block)\\b.*|.*\\|\\s*(nindent|indent|toYaml)\\b.*|toYaml\\b.*|[\"`].*");

    /** A line of a chart that stands alone, which is no YAML. */
    static final Pattern CONTROL = Pattern.compile("^\\s*\\{\\{-?\\s*(if|else|end|range|with|/\\*|\\$).*");

    private final JsonNode values;

    /** @param values null where none were given */
    HelmValues(JsonNode values) {
        this.values = values;
    }

    /** @throws IOException naming file and line of what only Helm can render */
    String fill(String file, String text) throws IOException {
        StringBuilder filled = new StringBuilder();
        int next = 0;
        while (true) {
            int open = text.indexOf("{{", next);
            int close = open < 0 ? -1 : end(text, open + 2);
            if (close < 0) {
                return filled.append(text, next, text.length()).toString();
            }
            String before = text.substring(next, open);
            filled.append(before);
            String action = text.substring(open + 2, close);
            next = close + 2;
            String inner = action.replaceAll("^-|-$", "").strip();
            if (isComment(text, open) || !OF_HELM.matcher(inner).matches()) {
                filled.append(text, open, next);
                continue;
            }
            String value = value(inner);
            if (value == null) {
                throw new IOException(file + ":" + line(text, open) + ": {{ " + inner.lines().findFirst().orElse("") + " }} " + advice(inner));
            }
            if (action.startsWith("-")) {
                filled.setLength(filled.toString().stripTrailing().length());
            }
            filled.append(value);
            while (action.endsWith("-") && next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
        }
    }

    private String advice(String inner) {
        boolean simple = inner.matches("[^()]*\\.Values\\.[^()]*");
        return values == null && simple
                ? "is a value of a Helm chart; give them with --values values.yaml, or render the chart first: helm template CHART > manifests.yaml"
                : simple && REFERENCE.matcher(inner).find()
                        ? "is no plain value in the values file, or uses more than default and quote; render the chart first: helm template CHART -f"
                                + " values.yaml > manifests.yaml"
                        : "can only be rendered by Helm; do that first: helm template CHART -f values.yaml > manifests.yaml";
    }

    /** Null where this is more than a reference with {@code default} and {@code quote}, or leads to no plain value. */
    private String value(String action) {
        Matcher literal = LITERAL.matcher(action);
        if (literal.matches() && literal.group(3) == null) {
            return text(literal);
        }
        String value = null;
        String[] commands = action.split("\\|");
        for (int i = 0; i < commands.length; i++) {
            String command = commands[i].strip();
            boolean quote = command.equals("quote") || command.startsWith("quote ");
            if (quote) {
                command = command.substring("quote".length()).strip();
            }
            Matcher otherwise = DEFAULT.matcher(command);
            String fallback = null;
            if (otherwise.matches()) {
                Matcher text = LITERAL.matcher(otherwise.group(1));
                if (!text.matches()) {
                    return null;
                }
                fallback = text(text);
                command = otherwise.group(2).strip();
            }
            if (command.isEmpty() == (i == 0)) {
                return null;
            }
            if (i == 0) {
                Matcher reference = REFERENCE.matcher(command);
                if (!reference.matches() || values == null) {
                    return null;
                }
                JsonNode found = values.at(reference.group(1).replace('.', '/'));
                if (found.isContainerNode()) {
                    return null;
                }
                value = found.isMissingNode() || found.isNull() || found.asText().isEmpty() ? null : found.asText();
                boolean given = value != null || !found.isMissingNode();
                if (!given && !action.contains("default")) {
                    return null;
                }
            }
            // default also stands in for what Helm takes for empty.
            boolean empty = value == null || fallback != null && (value.equals("false") || value.equals("0"));
            value = empty && fallback != null ? fallback : value;
            value = quote ? Jq.quoted(value == null ? "" : value) : value;
        }
        return value == null ? "" : value;
    }

    private static String text(Matcher literal) {
        if (literal.group(1) != null) {
            return literal.group(1).replaceAll("\\\\(.)", "$1");
        }
        return literal.group(2) != null ? literal.group(2) : literal.group(3);
    }

    /** Where the braces close, outside of texts; -1 where they do not. */
    private static int end(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length() && text.charAt(i) != '\n'; i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote && text.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (c == '`' || c == '"' && text.charAt(i - 1) != '\\') {
                quote = c;
            } else if (text.startsWith("}}", i)) {
                return i;
            }
        }
        return text.indexOf("}}", from);
    }

    private static boolean isComment(String text, int position) {
        return text.substring(text.lastIndexOf('\n', position) + 1, position).stripLeading().startsWith("#");
    }

    static int line(String text, int position) {
        return (int) text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    }
}
