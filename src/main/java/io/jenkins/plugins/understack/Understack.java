package io.jenkins.plugins.understack;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.console.RecentEvents;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.dispatch.StartLimits;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import io.jenkins.plugins.understack.credentials.JenkinsSecrets;
import io.jenkins.plugins.understack.trigger.EventFiles;
import io.jenkins.plugins.understack.trigger.JenkinsBuildStarter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
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
    private final RecentEvents recentEvents = new RecentEvents(Instant.now(), name -> sensors.get(CENTRAL + name) != null);
    private final EventFiles eventFiles = new EventFiles();
    private final StateStore state = new FileStateStore(
            Jenkins.get().getRootDir().toPath().resolve("understack").resolve("state.mv"), Clock.systemUTC());
    private final StartLimits limits = new StartLimits(state);
    private final Dispatcher dispatcher = new Dispatcher(
            sensors, new Correlator(state), new JenkinsBuildStarter(eventFiles, limits, Clock.systemUTC()), recentEvents);
    private final EventReceivers receivers = new EventReceivers(dispatcher, new JenkinsSecrets(), Clock.systemUTC());
    private volatile Configuration configuration = new Configuration(List.of(), List.of(), null);
    private volatile String problem;
    private boolean running;
    /** False where the configuration cannot be used: then nothing is known of sensors, and what waits for them must not expire. */
    private boolean configured;

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
            understack.problem = e.getMessage();
            LOGGER.log(Level.SEVERE, "No event source was started. Configuration of UnderStack: {0}", e.getMessage());
        }
    }

    @Terminator
    public static void stop() {
        Understack understack = get();
        synchronized (understack) {
            understack.running = false;
            understack.receivers.close();
            understack.state.close();
        }
    }

    /** Puts a configuration into effect; before the jobs are loaded and after shutdown has begun, does nothing. */
    public synchronized void configure(Configuration wantedConfiguration) {
        if (!running) {
            return;
        }
        configuration = wantedConfiguration;
        configured = true;
        problem = null;
        Set<String> wanted =
                configuration.sensors().stream().map(sensor -> CENTRAL + sensor.name()).collect(Collectors.toSet());
        sensors.removeIf(key -> key.startsWith(CENTRAL) && !wanted.contains(key));
        for (Sensor sensor : configuration.sensors()) {
            sensors.put(CENTRAL + sensor.name(), sensor.compile());
        }
        receivers.configure(configuration.eventSources());
        sensors.all().forEach(program -> warnAboutDependency(program.sensor()));
    }

    /** What was put into effect last; never half of a form. */
    public Configuration configuration() {
        return configuration;
    }

    /** Why the configuration on disk could not be put into effect, or null. */
    public String problem() {
        return problem;
    }

    /** Logs that a sensor will never see an event, because its source or event does not exist. */
    public synchronized void warnAboutDependency(Sensor sensor) {
        String words = running ? dependencyProblem(sensor) : null;
        if (words != null) {
            LOGGER.warning(() -> words + "; it will not see any event");
        }
    }

    /** What is wrong with the source or event that a sensor depends on, or null. */
    public String dependencyProblem(Sensor sensor) {
        try {
            Configuration.checkDependencies(configuration.eventSources(), sensor);
            return null;
        } catch (InvalidFieldException e) {
            return e.detail();
        }
    }

    /** Tells of events that waited for others too long, and forgets starts that count no more. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class Expiry extends PeriodicWork {
        @Override
        public long getRecurrencePeriod() {
            return Duration.ofSeconds(10).toMillis();
        }

        @Override
        protected void doRun() {
            Understack understack = get();
            synchronized (understack) {
                if (understack.running && understack.configured) {
                    understack.dispatcher.expire(Instant.now());
                    Duration longest = understack.sensors.all().stream()
                            .map(program -> program.sensor().rules().longestPeriod())
                            .max(Comparator.naturalOrder())
                            .orElse(Duration.ZERO);
                    understack.limits.prune(Instant.now(), longest);
                }
            }
        }
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
