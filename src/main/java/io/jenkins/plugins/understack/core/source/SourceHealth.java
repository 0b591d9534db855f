package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.metrics.SourceMeters;
import io.jenkins.plugins.understack.core.source.SourceStatus.Consumer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a running source knows about itself. Written by the source's threads, read by pages and commands. */
public final class SourceHealth {
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final int MOST_SAID = 100;

    private final Map<String, Instant> lastSaid = new ConcurrentHashMap<>();
    private final EventSource source;
    private final Clock clock;
    private final SourceMeters meters;
    private volatile Instant lastEvent;
    private volatile String lastRejection;
    private volatile String lastError;
    private volatile Condition condition;

    private record Condition(SourceStatus.State state, Instant since, String problem) {}

    public SourceHealth(EventSource source, Clock clock, SourceMeters meters) {
        this.source = source;
        this.clock = clock;
        this.meters = meters;
        this.condition = new Condition(SourceStatus.State.STARTING, clock.instant(), null);
    }

    /** @param took from when it came in until it was safe */
    public void received(String event, Duration took) {
        meters.sent(event, took);
        lastEvent = clock.instant();
    }

    /** @param why a sentence for a person; no payload */
    public void rejected(String event, Rejection kind, String why) {
        meters.failed(event, kind);
        lastRejection = dated("event \"" + event + "\": " + why);
    }

    private String dated(String words) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + words;
    }

    /** True at most once a minute for each text: whether it should be in the log once more. */
    public boolean isNews(String text) {
        Instant now = clock.instant();
        if (lastSaid.size() > MOST_SAID) {
            lastSaid.clear();
        }
        Instant before = lastSaid.get(text);
        boolean news = before == null || before.plus(SAY_AGAIN).isBefore(now);
        if (news) {
            lastSaid.put(text, now);
        }
        return news;
    }

    public void up() {
        change(SourceStatus.State.UP, null);
    }

    /** @param problem a sentence for a person; no secrets */
    public void busy(String problem) {
        change(SourceStatus.State.BUSY, problem);
    }

    /** @param problem a sentence for a person; no secrets */
    public void down(String problem) {
        change(SourceStatus.State.DOWN, problem);
    }

    private synchronized void change(SourceStatus.State state, String problem) {
        Instant since = condition.state == state ? condition.since : clock.instant();
        if (state == SourceStatus.State.DOWN && !problem.equals(condition.problem)) {
            lastError = dated(problem);
        }
        condition = new Condition(state, since, problem);
    }

    /** @param running as in {@link SourceStatus} */
    public SourceStatus status(int running, List<Consumer> consumers) {
        Condition now = condition;
        Instant moment = clock.instant();
        return new SourceStatus(
                source.name(),
                source.kind(),
                now.state,
                now.since,
                now.problem,
                lastError,
                meters.sent(),
                meters.failed(),
                meters.perMinute(moment),
                meters.perMinuteOfQuarterHour(moment),
                lastEvent,
                lastRejection,
                running,
                consumers);
    }
}
