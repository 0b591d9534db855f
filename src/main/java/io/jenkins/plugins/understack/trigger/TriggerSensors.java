package io.jenkins.plugins.understack.trigger;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** Keeps the index of sensors in step with the {@code onEvent} triggers of jobs. No I/O: Jenkins calls this with every save. */
final class TriggerSensors {
    private static final Logger LOGGER = Logger.getLogger(TriggerSensors.class.getName());
    private static final String KEY = Understack.TRIGGER;
    /**
     * Saving a job, and each {@code properties} step, stops a trigger and starts it again. An event that comes between the
     * two must not find nothing: its sensor goes on for this long.
     */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private TriggerSensors() {}

    static void put(Job<?, ?> job, EventTrigger trigger) {
        String key = KEY + job.getFullName();
        try {
            JobSensor sensor = new JobSensor(job.getFullName(), trigger, trigger.toCore(job).compile());
            if (index().get(key) instanceof JobSensor other && other.isRivalOf(job, trigger)) {
                LOGGER.warning(() -> "job \"" + job.getFullName() + "\" has several onEvent triggers; only the last one counts."
                        + " Use one, or sensors of the global configuration");
            }
            index().put(key, sensor);
            Understack.get().warnAboutDependency(sensor.sensor());
        } catch (InvalidFieldException e) {
            index().remove(key);
            LOGGER.warning(() -> "job \"" + job.getFullName() + "\" will not be started by events: onEvent: " + e.getMessage());
        }
    }

    static void retire(Job<?, ?> job) {
        String key = KEY + job.getFullName();
        if (index().get(key) instanceof JobSensor sensor) {
            sensor.retire();
            Timer.get().schedule(() -> forget(sensor), GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Unless the job has another sensor meanwhile. */
    static void forget(JobSensor sensor) {
        index().remove(KEY + sensor.sensor().job(), sensor);
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
            if (item instanceof Job<?, ?> job) {
                EventTrigger.of(job).ifPresent(trigger -> put(job, trigger));
            }
        }
    }
}
