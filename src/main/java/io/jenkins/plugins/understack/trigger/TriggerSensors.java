package io.jenkins.plugins.understack.trigger;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import hudson.triggers.Trigger;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.util.Timer;

/** Keeps the index of sensors in step with the {@code onEvent} triggers of jobs. No I/O: Jenkins calls this with every save. */
final class TriggerSensors {
    private static final Logger LOGGER = Logger.getLogger(TriggerSensors.class.getName());
    private static final String KEY = "job:";
    /**
     * Saving a job, and each {@code properties} step, stops a trigger and starts it again. An event that comes between the
     * two must not find nothing: its sensor goes on for this long.
     */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private TriggerSensors() {}

    static void put(Job<?, ?> job, EventTrigger trigger) {
        try {
            index().put(KEY + job.getFullName(), new SensorProgram(trigger.toCore(job)));
        } catch (InvalidFieldException e) {
            index().remove(KEY + job.getFullName());
            LOGGER.warning(() -> "job \"" + job.getFullName() + "\" will not be started by events: onEvent: " + e.getMessage());
        }
    }

    static void retire(Job<?, ?> job) {
        String key = KEY + job.getFullName();
        SensorProgram program = index().get(key);
        if (program != null) {
            Timer.get().schedule(() -> index().remove(key, program), GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static SensorIndex index() {
        return Understack.get().sensors();
    }

    /** Jenkins neither stops the triggers of a deleted job nor restarts those of a renamed one. */
    @Extension
    public static final class Moves extends ItemListener {
        @Override
        public void onDeleted(Item item) {
            index().remove(KEY + item.getFullName());
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            index().remove(KEY + oldFullName);
            if (item instanceof Job<?, ?> job && item instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> parameterized) {
                for (Trigger<?> trigger : parameterized.getTriggers().values()) {
                    if (trigger instanceof EventTrigger onEvent) {
                        put(job, onEvent);
                    }
                }
            }
        }
    }
}
