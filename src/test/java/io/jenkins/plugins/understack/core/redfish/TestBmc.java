package io.jenkins.plugins.understack.core.redfish;

import io.jenkins.plugins.understack.core.http.HttpCaller;
import io.jenkins.plugins.understack.core.http.HttpRetries;
import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A simulated BMC, a clock that is moved by whoever sleeps, and clients of both. */
public final class TestBmc implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final HttpCaller HTTP = http(TlsTrust.DEFAULT);

    public final MovedClock clock = new MovedClock();
    public final BmcSimulator bmc;
    /** What was slept, in order. */
    public final List<Duration> sleeps = new ArrayList<>();

    public TestBmc(BmcKind kind) throws IOException {
        bmc = BmcSimulator.start(kind, clock);
    }

    public static HttpCaller http(TlsTrust trust) {
        HttpClient client = HttpCaller.client(HttpClient.newBuilder(), trust, RedfishClient.TIMEOUT);
        return new HttpCaller(client, HttpRetries.NONE, RedfishClient.MAX_BODY_BYTES, Clock.systemUTC(), Sleeper.REAL);
    }

    public RedfishClient client() {
        return client(bmc.url());
    }

    /** @param address another name of the BMC */
    public RedfishClient client(String address) {
        return new RedfishClient(Bmc.at(address), HTTP, clock);
    }

    /** Moves the clock on. */
    public void sleep(Duration duration) {
        sleeps.add(duration);
        pass(duration);
    }

    public void pass(Duration duration) {
        clock.pass(duration);
        try {
            bmc.settle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests that are no {@code GET}, without those before {@code from}. */
    public List<String> writes(int from) {
        List<String> writes = bmc.writes();
        return writes.subList(from, writes.size());
    }

    @Override
    public void close() {
        bmc.close();
    }

    public static final class MovedClock extends Clock {
        private volatile Instant now = NOON;

        public void pass(Duration duration) {
            now = now.plus(duration);
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
}
