package io.jenkins.plugins.understack.core.nautobot;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.BaseUrl;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import java.time.Duration;

/**
 * A Nautobot and how to talk to it.
 *
 * @param name by which steps choose it; {@link #DEFAULT_NAME} where none is given
 * @param url base URL without {@code /api}
 * @param credentialsId secret text with an API token
 * @param timeout of each request, from its connection to the end of its answer
 * @param trust null for {@link TlsTrust#DEFAULT}
 */
public record NautobotSettings(String name, String url, String credentialsId, Duration timeout, TlsTrust trust) {
    public static final String DEFAULT_NAME = "default";
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public NautobotSettings {
        name = Fields.name("name", Fields.optional(name) == null ? DEFAULT_NAME : name);
        url = BaseUrl.check("url", url, "https://nautobot.example.com");
        credentialsId = Fields.required("credentialsId", credentialsId);
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        if (timeout.toMillis() < 1) {
            throw new InvalidFieldException("timeoutSeconds", timeout + " is too short; expected at least one second");
        }
        trust = trust == null ? TlsTrust.DEFAULT : trust;
    }

    /** The one of that name, trusted as Java trusts. */
    public NautobotSettings(String url, String credentialsId, Duration timeout) {
        this(DEFAULT_NAME, url, credentialsId, timeout, TlsTrust.DEFAULT);
    }
}
