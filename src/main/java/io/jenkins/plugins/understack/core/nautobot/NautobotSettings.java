package io.jenkins.plugins.understack.core.nautobot;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.net.URI;
import java.time.Duration;

/**
 * A Nautobot and how to talk to it.
 *
 * @param url base URL without {@code /api}
 * @param credentialsId secret text with an API token
 * @param timeout for connecting and again for the answer
 */
public record NautobotSettings(String url, String credentialsId, Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public NautobotSettings {
        url = Fields.required("nautobot.url", url).replaceAll("/+$", "");
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("nautobot.url", "is no URL; expected https://nautobot.example.com");
        }
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            throw new InvalidFieldException("nautobot.url", "is no URL with http or https and a host; expected https://nautobot.example.com");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new InvalidFieldException("nautobot.url", "has a user, query or fragment; expected https://nautobot.example.com");
        }
        credentialsId = Fields.required("nautobot.credentialsId", credentialsId);
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidFieldException("nautobot.timeout", timeout + " is too short; expected at least one second");
        }
    }
}
