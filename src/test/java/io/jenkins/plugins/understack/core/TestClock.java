package io.jenkins.plugins.understack.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until a test moves it. Thread-safe. */
public final class TestClock extends Clock {
    /** Where it stands at first. */
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private volatile Instant now = NOON;

    public void pass(Duration duration) {
        set(now.plus(duration));
    }

    public void set(Instant instant) {
        now = instant;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
