package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.openstack.Cloud;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code openstack}. */
final class OpenstackReader {
    private OpenstackReader() {}

    static Clouds read(YamlMap understack) throws ConfigurationException {
        List<Cloud> all = new ArrayList<>();
        for (YamlMap cloud : understack.maps("openstack")) {
            all.add(cloud(cloud));
        }
        return understack.build(() -> new Clouds(all));
    }

    private static Cloud cloud(YamlMap cloud) throws ConfigurationException {
        cloud.allow(
                "name", "authUrl", "credentialsId", "project", "projectDomain", "userDomain", "region", "interfaceName", "endpoints",
                "timeoutSeconds", "caCertificate", "insecureSkipVerify");
        String name = cloud.text("name");
        String authUrl = cloud.text("authUrl");
        String credentialsId = cloud.text("credentialsId");
        String project = cloud.text("project");
        String projectDomain = cloud.text("projectDomain");
        String userDomain = cloud.text("userDomain");
        String region = cloud.text("region");
        String interfaceName = cloud.text("interfaceName");
        String endpoints = cloud.text("endpoints");
        long seconds = cloud.number("timeoutSeconds", Cloud.DEFAULT_TIMEOUT.toSeconds());
        String authority = cloud.text("caCertificate");
        boolean insecure = cloud.flag("insecureSkipVerify", false);
        return cloud.build(() -> new Cloud(
                name,
                Cloud.Login.of(authUrl, credentialsId, project, projectDomain, userDomain),
                region,
                interfaceName,
                KeyValueLines.parseText("endpoints", endpoints),
                Duration.ofSeconds(Fields.atLeast("timeoutSeconds", 1, seconds)),
                new TlsTrust(authority, insecure)));
    }
}
