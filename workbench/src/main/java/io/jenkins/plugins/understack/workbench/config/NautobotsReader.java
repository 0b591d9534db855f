package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.nautobot.Nautobots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code nautobot} and {@code nautobots}. */
final class NautobotsReader {
    private NautobotsReader() {}

    static Nautobots read(YamlMap understack) throws ConfigurationException {
        List<NautobotSettings> all = new ArrayList<>();
        if (understack.map("nautobot") != null) {
            all.add(settings(understack.map("nautobot")));
        }
        for (YamlMap nautobot : understack.maps("nautobots")) {
            all.add(settings(nautobot));
        }
        return understack.build(() -> new Nautobots(all));
    }

    private static NautobotSettings settings(YamlMap nautobot) throws ConfigurationException {
        nautobot.allow("name", "url", "credentialsId", "timeoutSeconds", "caCertificate", "insecureSkipVerify");
        String name = nautobot.text("name");
        String url = nautobot.text("url");
        String credentialsId = nautobot.text("credentialsId");
        long seconds = nautobot.number("timeoutSeconds", NautobotSettings.DEFAULT_TIMEOUT.toSeconds());
        String authority = nautobot.text("caCertificate");
        boolean insecure = nautobot.flag("insecureSkipVerify", false);
        return nautobot.build(() -> {
            Duration timeout = Duration.ofSeconds(Fields.atLeast("timeoutSeconds", 1, seconds));
            return new NautobotSettings(name, url, credentialsId, timeout, new TlsTrust(authority, insecure));
        });
    }
}
