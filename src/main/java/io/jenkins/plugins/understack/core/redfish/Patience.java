package io.jenkins.plugins.understack.core.redfish;

import io.jenkins.plugins.understack.core.http.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Comes again when a {@link NotYetException} says so: for who has a thread to wait with. Thread-safe. */
public final class Patience {
    /** What can be begun anew. */
    @FunctionalInterface
    public interface Call<T> {
        T call() throws RedfishException, InterruptedException;
    }

    private final Clock clock;
    private final Sleeper sleeper;
    private final Duration limit;
    private final Consumer<String> log;

    /**
     * @param limit of all waits of one call together
     * @param log told in one line why there is a wait, and how long
     */
    public Patience(Clock clock, Sleeper sleeper, Duration limit, Consumer<String> log) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.limit = limit;
        this.log = log;
    }

    /** @throws NotYetException the last one, where the limit leaves no time for another attempt */
    public <T> T ask(Call<T> call) throws RedfishException, InterruptedException {
        Instant deadline = clock.instant().plus(limit);
        while (true) {
            try {
                return call.call();
            } catch (NotYetException e) {
                if (e.notBefore().isAfter(deadline)) {
                    throw e;
                }
                Duration wait = Duration.between(clock.instant(), e.notBefore());
                log.accept(e.getMessage() + "; again in " + Math.max(0, wait.toSeconds()) + " s");
                sleeper.sleep(wait.isNegative() ? Duration.ZERO : wait);
            }
        }
    }
}
