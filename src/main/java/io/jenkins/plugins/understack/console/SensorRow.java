package io.jenkins.plugins.understack.console;

import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.check.JobCheck;
import io.jenkins.plugins.understack.core.metrics.SensorFigures;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A sensor as the page shows it. */
@Restricted(NoExternalUse.class)
public final class SensorRow {
    private final Sensor sensor;
    private final SensorFigures figures;

    SensorRow(Sensor sensor) {
        this.sensor = sensor;
        this.figures = Understack.get().lastTimes().sensor(sensor.name());
    }

    public String getName() {
        return sensor.name();
    }

    public String getDependency() {
        return sensor.dependencies().stream().map(d -> d.origin().toString()).distinct().collect(Collectors.joining(", "));
    }

    public String getJob() {
        return sensor.job();
    }

    public boolean isEnabled() {
        return sensor.enabled();
    }

    public String getLastMatched() {
        return UnderstackConsole.seconds(figures.lastMatched());
    }

    public String getLastStarted() {
        return UnderstackConsole.seconds(figures.lastStarted());
    }

    /** Of that run, relative to Jenkins; null where the current user may not see it. */
    public String getRunLink() {
        return Links.run(figures.lastRun());
    }

    public String getLastFailed() {
        return UnderstackConsole.seconds(figures.lastFailed());
    }

    /** Number of the event that it failed for; null where it is not known. */
    public String getFailedEvent() {
        return figures.lastDeadLetter() == null ? null : figures.lastDeadLetter().replaceFirst("-.*", "");
    }

    /** Why this sensor cannot work, or null. */
    public String getProblem() {
        String dependency = Understack.get().dependencyProblem(sensor);
        return dependency == null ? JobCheck.problem(sensor) : dependency;
    }
}
