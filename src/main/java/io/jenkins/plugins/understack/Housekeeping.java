package io.jenkins.plugins.understack;

import hudson.Extension;
import hudson.model.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells of events that waited for others too long, forgets what is old, keeps the last times, and looks after builds that were lost. */
@Extension
@Restricted(NoExternalUse.class)
public final class Housekeeping extends PeriodicWork {
    private static final Duration LOST = Duration.ofMinutes(1);

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofSeconds(10).toMillis();
    }

    @Override
    protected void doRun() {
        Understack understack = Understack.get();
        Instant now = Instant.now();
        understack.metrics().tick(now, sensors(understack));
        understack.expire(now);
        if (understack.isComplete()) {
            understack.inbox().maintain();
            saveTimes(understack, lastEvents(understack));
        }
        if (understack.isCompared()) {
            understack.starter().lookAgain(LOST);
        }
    }

    private static List<String> sensors(Understack understack) {
        return understack.sensors().all().stream().map(program -> program.sensor().name()).toList();
    }

    /** Of all sources there are, by their names; null for never. Not known any more once they are closed. */
    static Map<String, Instant> lastEvents(Understack understack) {
        Map<String, Instant> all = new HashMap<>();
        understack.configuration().eventSources().forEach(source -> all.put(source.name(), null));
        understack.receivers().status().forEach(source -> all.put(source.name(), source.lastEvent()));
        return all;
    }

    /** Keeps them through a restart, unless sensors and sources that are not known yet would be forgotten. */
    static void saveTimes(Understack understack, Map<String, Instant> lastEvents) {
        if (understack.isComplete()) {
            understack.lastTimes().save(sensors(understack), lastEvents);
        }
    }
}
