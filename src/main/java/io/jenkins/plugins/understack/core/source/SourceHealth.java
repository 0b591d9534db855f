package io.jenkins.plugins.understack.core.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a running source knows about itself. Written by the source's threads, read by pages and commands. */
public final class SourceHealth {
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final int MOST_SAID = 100;

    private final Map<String, Instant> lastSaid = new ConcurrentHashMap<>();
    private final EventSource source;
    private final Clock clock;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private volatile Instant lastEvent;
    private volatile String lastRejection;
    private volatile Condition condition;

    private record Condition(SourceStatus.State state, Instant since, String problem) {}

    public SourceHealth(EventSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.condition = new Condition(SourceStatus.State.STARTING, clock.instant(), null);
    }

    public void received() {
        received.incrementAndGet();
        lastEvent = clock.instant();
    }

    /** @param why a sentence for a person; no payload */
    public void rejected(String why) {
        rejected.incrementAndGet();
        lastRejection = clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + why;
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
        condition = new Condition(state, since, problem);
    }

    public SourceStatus status() {
        Condition now = condition;
        return new SourceStatus(
                source.name(), source.kind(), now.state, now.since, now.problem, received.get(), rejected.get(), lastEvent, lastRejection);
    }
}
