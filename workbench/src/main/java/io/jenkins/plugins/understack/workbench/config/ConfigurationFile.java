package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.nautobot.NautobotSettings;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.EventSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file for Jenkins' Configuration as Code, of which the workbench reads {@code credentials} and {@code unclassified:
 * understack:} and passes over the rest.
 */
public record ConfigurationFile(Configuration configuration, Secrets secrets) {
    /**
     * @param environment what {@code ${NAME}} stands for
     * @throws ConfigurationException with file, line and field
     */
    public static ConfigurationFile load(Path file, Map<String, String> environment) throws ConfigurationException {
        YamlMap root = YamlFile.read(file, environment);
        YamlMap unclassified = root.map("unclassified");
        YamlMap understack = unclassified == null ? null : unclassified.map("understack");
        if (understack == null) {
            throw new ConfigurationException(file + ": unclassified.understack: is missing; expected event sources and sensors");
        }
        return new ConfigurationFile(configuration(understack), FileSecrets.read(root));
    }

    private static Configuration configuration(YamlMap understack) throws ConfigurationException {
        understack.allow("nautobot", "eventSources", "sensors", "inbox");
        NautobotSettings nautobot = nautobot(understack);
        InboxSettings inbox = InboxSettingsReader.read(understack);
        List<EventSource> sources = new ArrayList<>();
        for (YamlMap source : understack.maps("eventSources")) {
            sources.add(EventSourceReader.read(source));
        }
        List<Sensor> sensors = new ArrayList<>();
        for (YamlMap sensor : understack.maps("sensors")) {
            sensors.add(SensorReader.read(sensor));
        }
        return understack.build(() -> new Configuration(sources, sensors, nautobot, inbox));
    }

    private static NautobotSettings nautobot(YamlMap understack) throws ConfigurationException {
        YamlMap nautobot = understack.map("nautobot");
        if (nautobot == null) {
            return null;
        }
        nautobot.allow("url", "credentialsId", "timeoutSeconds");
        String url = nautobot.text("url");
        String credentialsId = nautobot.text("credentialsId");
        long seconds = nautobot.number("timeoutSeconds", NautobotSettings.DEFAULT_TIMEOUT.toSeconds());
        Duration timeout = nautobot.build(() -> Duration.ofSeconds(Fields.atLeast("timeoutSeconds", 1, seconds)));
        // NautobotSettings names its fields as seen from here.
        return understack.build(() -> new NautobotSettings(url, credentialsId, timeout));
    }
}
