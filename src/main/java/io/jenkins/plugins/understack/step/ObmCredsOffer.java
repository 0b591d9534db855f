package io.jenkins.plugins.understack.step;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** That the log-in of one device may be shown. Immutable; this is in {@code build.xml}. */
@Restricted(NoExternalUse.class)
public final class ObmCredsOffer {
    private final ObmLookup lookup;
    private final int minutes;

    /** @param after the end of the build, whole minutes */
    ObmCredsOffer(ObmLookup lookup, Duration after) {
        this.lookup = lookup;
        minutes = Math.toIntExact(after.toMinutes());
    }

    ObmLookup lookup() {
        return lookup;
    }

    /** @param end of the build */
    Instant until(Instant end) {
        return end.plus(Duration.ofMinutes(minutes)).truncatedTo(ChronoUnit.SECONDS);
    }

    public String getDevice() {
        return lookup.toString();
    }
}
