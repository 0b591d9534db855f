package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.Durations;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.source.Retention;

/** {@code inbox}, and {@code retention} of a source. */
final class InboxSettingsReader {
    private InboxSettingsReader() {}

    static InboxSettings read(YamlMap understack) throws ConfigurationException {
        YamlMap inbox = understack.map("inbox");
        if (inbox == null) {
            return InboxSettings.DEFAULT;
        }
        inbox.allow("identityWindow", "retention", "pending", "deadLetters");
        String identityWindow = inbox.text("identityWindow");
        Retention retention = retention(inbox);
        Integer pending = inbox.integer("pending");
        Integer deadLetters = inbox.integer("deadLetters");
        return inbox.build(
                () -> InboxSettings.of(Durations.parse("identityWindow", identityWindow), retention, pending, deadLetters));
    }

    /** Null where there is none. */
    static Retention retention(YamlMap parent) throws ConfigurationException {
        YamlMap retention = parent.map("retention");
        if (retention == null) {
            return null;
        }
        retention.allow("age", "events", "bytes");
        String age = retention.text("age");
        Integer events = retention.integer("events");
        Long bytes = retention.number("bytes");
        return retention.build(() -> new Retention(Durations.parse("age", age), events, bytes));
    }
}
