package io.jenkins.plugins.understack.workbench.config;

import java.util.Map;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} as Jenkins' Configuration as Code does; {@code ^${NAME}} stays {@code
 * ${NAME}}. Defaults may contain variables themselves.
 *
 * @param variables usually the environment
 */
record Interpolation(Map<String, String> variables) {
    /** @param missing a variable that has neither value nor default, or null; then {@code text} has nothing in its place */
    record Result(String text, String missing) {}

    /** @throws IllegalArgumentException with a message for people, where {@code raw} cannot be understood */
    Result resolve(String raw) {
        StringBuilder text = new StringBuilder();
        String missing = null;
        int position = 0;
        for (int start; (start = raw.indexOf("${", position)) >= 0; ) {
            int end = end(raw, start);
            if (start > position && raw.charAt(start - 1) == '^') {
                text.append(raw, position, start - 1).append(raw, start, end + 1);
            } else {
                Result value = variable(raw.substring(start + 2, end));
                text.append(raw, position, start).append(value.text);
                missing = missing == null ? value.missing : missing;
            }
            position = end + 1;
        }
        return new Result(text.append(raw, position, raw.length()).toString(), missing);
    }

    private Result variable(String expression) {
        int separator = expression.indexOf(":-");
        String name = separator < 0 ? expression : expression.substring(0, separator);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
            throw new IllegalArgumentException(
                    "${" + name + "} is no environment variable; expected ${NAME} or ${NAME:-default}, or ^${ for a plain ${");
        }
        String value = variables.get(name);
        if (value != null) {
            return new Result(value, null);
        }
        return separator < 0 ? new Result("", name) : resolve(expression.substring(separator + 2));
    }

    /** The brace that closes the one at {@code start + 1}. */
    private static int end(String raw, int start) {
        int depth = 0;
        for (int i = start; i < raw.length(); i++) {
            if (raw.startsWith("${", i)) {
                depth++;
            } else if (raw.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("has a ${ without }; expected ${NAME}, or ^${ for a plain ${");
    }
}
