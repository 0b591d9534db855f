package io.jenkins.plugins.understack.core.http;

import java.util.regex.Pattern;

/** Replaces a token in a text: as it is, and with any of its characters escaped as in JSON or encoded as in URLs. */
public final class TokenMask {
    private final Pattern token;

    /** @param token printable ASCII; of others only the plain form is found for certain */
    public TokenMask(String token) {
        StringBuilder pattern = new StringBuilder();
        for (char c : token.toCharArray()) {
            String hex = String.format("%02x", (int) c);
            // Up to three times encoded, as in JSON within JSON.
            pattern.append("(?:\\\\{0,7}").append(Pattern.quote(String.valueOf(c)));
            pattern.append("|%(?:25){0,3}(?i:").append(hex).append(')');
            pattern.append("|\\\\{1,7}u(?i:00").append(hex).append(')');
            pattern.append(c == ' ' ? "|\\+|%(?:25){0,3}(?i:2b))" : ")");
        }
        this.token = Pattern.compile(pattern.toString());
    }

    public String apply(String text) {
        return token.matcher(text).replaceAll("******");
    }
}
