package io.jenkins.plugins.understack.workbench.demo;

import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Goes on only while somebody sleeps, and then at once: half an hour of an update takes no time. Used by one thread at a time. */
final class SimulatedTime extends Clock implements Sleeper {
    private volatile Instant now = Instant.now();
    private BmcSimulator bmc;

    /** Its port opens and closes with the time. */
    void rules(BmcSimulator simulator) {
        bmc = simulator;
    }

    @Override
    public void sleep(Duration duration) {
        now = now.plus(duration);
        try {
            bmc.settle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
