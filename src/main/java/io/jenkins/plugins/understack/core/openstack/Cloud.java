package io.jenkins.plugins.understack.core.openstack;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.http.BaseUrl;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An OpenStack and how to talk to it.
 *
 * @param name by which steps choose it; {@link #DEFAULT_NAME} where none is given
 * @param login null where no token is needed, as by an Ironic that stands alone
 * @param region of the endpoints in Keystone's catalogue; null where there is only one
 * @param interfaceName {@code public}, {@code internal} or {@code admin}; null for public
 * @param endpoints type of service → base URL, in the place of what the catalogue says; all that there is without a log-in
 * @param timeout of each request, from its connection to the end of its answer
 * @param trust null for {@link TlsTrust#DEFAULT}
 */
public record Cloud(
        String name,
        Login login,
        String region,
        String interfaceName,
        Map<String, String> endpoints,
        Duration timeout,
        TlsTrust trust) {
    public static final String DEFAULT_NAME = "default";
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** @throws InvalidFieldException naming the field */
    public Cloud {
        name = Fields.name("name", Fields.optional(name) == null ? DEFAULT_NAME : name);
        region = Fields.optional(region);
        interfaceName = Fields.optional(interfaceName) == null ? "public" : interfaceName.strip();
        if (!interfaceName.matches("public|internal|admin")) {
            throw new InvalidFieldException("interfaceName", "\"" + interfaceName + "\" is unknown; expected public, internal or admin");
        }
        Map<String, String> checked = new LinkedHashMap<>();
        Fields.ordered(endpoints).forEach((service, url) -> checked.put(
                Fields.name("endpoints", service), BaseUrl.check("endpoints", url, "baremetal: https://ironic.example.com:6385")));
        endpoints = Fields.ordered(checked);
        if (login == null && endpoints.isEmpty()) {
            throw new InvalidFieldException("authUrl", "is empty, and so is endpoints; expected one of them");
        }
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        if (timeout.toMillis() < 1) {
            throw new InvalidFieldException("timeoutSeconds", timeout + " is too short; expected at least one second");
        }
        trust = trust == null ? TlsTrust.DEFAULT : trust;
    }

    /**
     * How a token is asked for (Identity API v3, "Password authentication with scoped authorization" and "Authenticating with an
     * application credential").
     *
     * @param authUrl of Keystone, with or without {@code /v3}
     * @param credentialsId username with password; of an application credential its id and its secret
     * @param project whose rights the user wants; null for an application credential, which has its own
     * @param projectDomain name; null for {@code Default}
     * @param userDomain name; null for {@code Default}
     */
    public record Login(String authUrl, String credentialsId, String project, String projectDomain, String userDomain) {
        private static final String DEFAULT_DOMAIN = "Default";

        /**
         * Null where nothing is given; so is what a form leaves empty.
         *
         * @throws InvalidFieldException where there is something and no {@code authUrl}
         */
        public static Login of(String authUrl, String credentialsId, String project, String projectDomain, String userDomain) {
            boolean given = Stream.of(authUrl, credentialsId, project, projectDomain, userDomain).anyMatch(text -> Fields.optional(text) != null);
            return given ? new Login(authUrl, credentialsId, project, projectDomain, userDomain) : null;
        }

        /** @throws InvalidFieldException naming the field */
        public Login {
            authUrl = BaseUrl.check("authUrl", authUrl, "https://keystone.example.com/v3").replaceAll("/+v3$", "");
            credentialsId = Fields.required("credentialsId", credentialsId);
            project = Fields.optional(project);
            for (String domain : new String[] {projectDomain, userDomain}) {
                if (project == null && Fields.optional(domain) != null) {
                    throw new InvalidFieldException("project", "is empty beside a domain; expected a project, or for an application credential no domain");
                }
            }
            projectDomain = Fields.optional(projectDomain) == null ? DEFAULT_DOMAIN : projectDomain.strip();
            userDomain = Fields.optional(userDomain) == null ? DEFAULT_DOMAIN : userDomain.strip();
        }
    }
}
