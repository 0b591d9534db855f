package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.nautobot.Nautobots;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.source.EventSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file for Jenkins' Configuration as Code, of which the workbench reads {@code credentials} and {@code unclassified:
 * understack:} and passes over the rest.
 */
public record ConfigurationFile(Configuration configuration, Secrets secrets, ObmRules obm, TlsTrust bmcTrust, Clouds clouds) {
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
        FileSecrets secrets = FileSecrets.read(root);
        return new ConfigurationFile(
                configuration(understack),
                secrets,
                ObmReader.read(understack, secrets),
                ObmReader.trust(understack),
                OpenstackReader.read(understack));
    }

    private static Configuration configuration(YamlMap understack) throws ConfigurationException {
        // The cluster of Jenkins' agents, and jobs in Jenkins, are nothing to the workbench.
        understack.allow("nautobot", "nautobots", "eventSources", "sensors", "inbox", "obm", "kubernetes", "workflowJobs", "openstack");
        Nautobots nautobots = NautobotsReader.read(understack);
        InboxSettings inbox = InboxSettingsReader.read(understack);
        List<EventSource> sources = new ArrayList<>();
        for (YamlMap source : understack.maps("eventSources")) {
            sources.add(EventSourceReader.read(source));
        }
        List<Sensor> sensors = new ArrayList<>();
        for (YamlMap sensor : understack.maps("sensors")) {
            sensors.add(SensorReader.read(sensor));
        }
        return understack.build(() -> new Configuration(sources, sensors, nautobots, inbox));
    }
}
