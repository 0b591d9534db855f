package io.jenkins.plugins.understack.core.inbox;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.source.Retention;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * @param identityWindow for how long an event is known to have been handled
 * @param retention of each source that has none of its own; complete
 * @param pending at most so many starts wait; with more, no events are taken
 * @param deadLetters at most so many are kept, the newest
 * @param ofSources by the names of the sources that have a retention of their own; complete
 */
public record InboxSettings(
        Duration identityWindow, Retention retention, int pending, int deadLetters, Map<String, Retention> ofSources) {
    public static final InboxSettings DEFAULT = new InboxSettings(Duration.ofHours(24), Retention.DEFAULT, 20_000, 10_000);

    public InboxSettings {
        if (identityWindow == null || identityWindow.isNegative()) {
            throw new InvalidFieldException("identityWindow", "is missing; expected a duration such as 24h");
        }
        retention = retention == null ? Retention.DEFAULT : retention.orElse(Retention.DEFAULT);
        Fields.atLeast("pending", 1, pending);
        Fields.atLeast("deadLetters", 1, deadLetters);
        ofSources = Map.copyOf(ofSources);
    }

    /** The same for all sources. */
    public InboxSettings(Duration identityWindow, Retention retention, int pending, int deadLetters) {
        this(identityWindow, retention, pending, deadLetters, Map.of());
    }

    /** As users write it: what is null is as in {@link #DEFAULT}. */
    public static InboxSettings of(Duration identityWindow, Retention retention, Integer pending, Integer deadLetters) {
        return new InboxSettings(
                identityWindow == null ? DEFAULT.identityWindow : identityWindow,
                retention,
                pending == null ? DEFAULT.pending : pending,
                deadLetters == null ? DEFAULT.deadLetters : deadLetters);
    }

    /** @param retentions by the names of sources; what they do not say is as for all */
    public InboxSettings with(Map<String, Retention> retentions) {
        Map<String, Retention> complete = new HashMap<>();
        retentions.forEach((source, own) -> complete.put(source, own.orElse(retention)));
        return new InboxSettings(identityWindow, retention, pending, deadLetters, complete);
    }

    Retention retentionOf(String source) {
        return ofSources.getOrDefault(source, retention);
    }

    /** For how long any handled event may be kept. */
    public Duration longestAge() {
        return Stream.concat(Stream.of(retention), ofSources.values().stream())
                .map(Retention::age)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
