package io.jenkins.plugins.understack;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.console.RecentEvents;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.credentials.JenkinsSecrets;
import io.jenkins.plugins.understack.trigger.EventFiles;
import io.jenkins.plugins.understack.trigger.JenkinsBuildStarter;
import java.time.Clock;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The core at work inside this controller: sources, sensors and what connects them. Sources are started when the jobs are
 * loaded, so that no event comes before the trigger that waits for it.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class Understack {
    private static final Logger LOGGER = Logger.getLogger(Understack.class.getName());
    private static final String CENTRAL = "central:";

    private final SensorIndex sensors = new SensorIndex();
    private final RecentEvents recentEvents = new RecentEvents();
    private final EventFiles eventFiles = new EventFiles();
    private final Dispatcher dispatcher = new Dispatcher(sensors, new JenkinsBuildStarter(eventFiles), recentEvents);
    private final EventReceivers receivers = new EventReceivers(dispatcher, new JenkinsSecrets(), Clock.systemUTC());
    private boolean running;

    public static Understack get() {
        return ExtensionList.lookupSingleton(Understack.class);
    }

    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        Understack understack = get();
        synchronized (understack) {
            understack.running = true;
        }
        try {
            understack.configure(UnderstackConfiguration.get().toCore());
        } catch (InvalidFieldException e) {
            LOGGER.log(Level.SEVERE, "No event source was started. Configuration of UnderStack: {0}", e.getMessage());
        }
    }

    @Terminator
    public static void stop() {
        Understack understack = get();
        synchronized (understack) {
            understack.running = false;
            understack.receivers.close();
        }
    }

    /** Puts a configuration into effect; before the jobs are loaded and after shutdown has begun, does nothing. */
    public synchronized void configure(Configuration configuration) {
        if (!running) {
            return;
        }
        Set<String> wanted =
                configuration.sensors().stream().map(sensor -> CENTRAL + sensor.name()).collect(Collectors.toSet());
        sensors.removeIf(key -> key.startsWith(CENTRAL) && !wanted.contains(key));
        for (Sensor sensor : configuration.sensors()) {
            sensors.put(CENTRAL + sensor.name(), new SensorProgram(sensor));
        }
        receivers.configure(configuration.eventSources());
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public SensorIndex sensors() {
        return sensors;
    }

    public EventReceivers receivers() {
        return receivers;
    }

    public RecentEvents recentEvents() {
        return recentEvents;
    }

    public EventFiles eventFiles() {
        return eventFiles;
    }
}
