package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.source.Retention;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.core.source.SourceRules;
import java.util.List;

/** What all kinds of {@code eventSources} have in common. */
final class SourceRulesReader {
    private SourceRulesReader() {}

    static SourceRules read(YamlMap source) throws ConfigurationException {
        Integer inFlight = source.integer("inFlight");
        Retention retention = InboxSettingsReader.retention(source);
        List<String> secretFields = source.texts("secretFields");
        return source.build(() -> new SourceRules(inFlight, retention, SecretFields.parse(secretFields)));
    }
}
