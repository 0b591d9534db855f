package io.jenkins.plugins.understack;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Queue;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.console.RecentEvents;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.dispatch.CountedDecisions;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.dispatch.FlightLimits;
import io.jenkins.plugins.understack.core.dispatch.StartLimits;
import io.jenkins.plugins.understack.core.dispatch.Starter;
import io.jenkins.plugins.understack.core.inbox.EventSeal;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxGauges;
import io.jenkins.plugins.understack.core.metrics.LastTimes;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.obm.AttemptBudget;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import io.jenkins.plugins.understack.credentials.JenkinsCipher;
import io.jenkins.plugins.understack.credentials.JenkinsSecrets;
import io.jenkins.plugins.understack.metrics.MeterExport;
import io.jenkins.plugins.understack.trigger.JenkinsBuildStarter;
import io.jenkins.plugins.understack.trigger.PendingBuilds;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    /** What the keys of the triggers of jobs begin with, in {@link #sensors}; the full name of the job follows. */
    public static final String TRIGGER = "job:";

    private final Metrics metrics = new Metrics();
    private final SensorIndex sensors = new SensorIndex();
    private final RecentEvents recentEvents = new RecentEvents(Instant.now(), name -> sensors.get(CENTRAL + name) != null);
    private final SourceSecrets secrets = new SourceSecrets(this::configuration);
    private final StateStore state = new FileStateStore(
            Jenkins.get().getRootDir().toPath().resolve("understack").resolve("inbox.mv"), Clock.systemUTC());
    private final Inbox inbox =
            new Inbox(state, () -> configuration().inbox(), secrets::hasAny, new JenkinsCipher(), Clock.systemUTC());
    private final LastTimes lastTimes = new LastTimes(metrics, state);
    private final EventSeal seal = new EventSeal(secrets::hasAny, new JenkinsCipher());
    private final StartLimits limits = new StartLimits(state);
    private final AttemptBudget attempts = new AttemptBudget(state, Clock.systemUTC());
    private final Starter starter = new Starter(
            inbox,
            new JenkinsBuildStarter(limits, Clock.systemUTC()),
            FlightLimits.of(this::configuration, this::sensor),
            Clock.systemUTC(),
            metrics);
    private final Dispatcher dispatcher = new Dispatcher(
            sensors,
            new Correlator(state, seal::close, seal::open),
            inbox,
            starter,
            new CountedDecisions(metrics, Clock.systemUTC(), recentEvents),
            secrets::of);
    private final EventReceivers receivers = new EventReceivers(dispatcher, new JenkinsSecrets(), Clock.systemUTC(), metrics);
    private volatile Configuration configuration = new Configuration(List.of(), List.of(), null);
    private volatile String problem;
    private boolean running;
    private volatile boolean compared;
    /** False where the configuration cannot be used: then nothing is known of sensors, and what waits for them or is kept must not expire. */
    private boolean configured;

    private SensorProgram sensor(String identity) {
        String job = Start.jobOfTrigger(identity);
        return sensors.get(job == null ? CENTRAL + identity : TRIGGER + job);
    }

    /** False before the jobs are loaded and after shutdown has begun, which is before Jenkins says that it is terminating. */
    public synchronized boolean isRunning() {
        return running;
    }

    /** Log-ins to BMCs, counted together for all builds. */
    public AttemptBudget attempts() {
        return attempts;
    }

    public static Understack get() {
        return ExtensionList.lookupSingleton(Understack.class);
    }

    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        Understack understack = get();
        MeterExport.all().forEach(export -> understack.metrics.export(export.registry()));
        InboxGauges.register(understack.inbox.reader(), understack.metrics, Clock.systemUTC());
        synchronized (understack) {
            understack.running = true;
        }
        try {
            understack.configure(UnderstackConfiguration.get().toCore());
        } catch (InvalidFieldException e) {
            understack.problem = e.getMessage();
            LOGGER.log(Level.SEVERE, "No event source was started. Configuration of UnderStack: {0}", e.getMessage());
        }
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            // The plugin was installed without a restart.
            new OnLoaded().onLoaded();
        }
    }

    /** When the queue is there as well. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class OnLoaded extends ItemListener {
        @Override
        public void onLoaded() {
            Understack understack = get();
            understack.starter.open(understack::begin);
        }
    }

    /** What was pending when Jenkins went down has been compared with the builds that exist: now events may come. */
    private void begin() {
        PendingBuilds.get().dropSettled();
        synchronized (this) {
            compared = true;
            if (running) {
                receivers.configure(configuration.eventSources());
            }
        }
        Queue.getInstance().scheduleMaintenance();
    }

    /** False after a start, as long as it is not known which builds have run before. */
    public boolean isCompared() {
        return compared;
    }

    @Terminator
    public static void stop() {
        Understack understack = get();
        Map<String, Instant> lastEvents = Housekeeping.lastEvents(understack);
        synchronized (understack) {
            understack.running = false;
            understack.receivers.close();
        }
        // Not with the lock: the starter may be waiting for it.
        understack.starter.close();
        try {
            Housekeeping.saveTimes(understack, lastEvents);
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, "When sensors and sources were last at work is not kept: {0}", e.getCause().getMessage());
        }
        understack.state.close();
        MeterExport.all().forEach(export -> understack.metrics.endExport(export.registry()));
    }

    /** Puts a configuration into effect; before the jobs are loaded and after shutdown has begun, does nothing. */
    public synchronized void configure(Configuration wantedConfiguration) {
        if (!running) {
            return;
        }
        // While a source is being closed, the last of its events may still come.
        secrets.keep(configuration.eventSources());
        configuration = wantedConfiguration;
        configured = true;
        problem = null;
        Set<String> wanted =
                configuration.sensors().stream().map(sensor -> CENTRAL + sensor.name()).collect(Collectors.toSet());
        sensors.removeIf(key -> key.startsWith(CENTRAL) && !wanted.contains(key));
        for (Sensor sensor : configuration.sensors()) {
            sensors.put(CENTRAL + sensor.name(), sensor.compile());
        }
        if (compared) {
            receivers.configure(configuration.eventSources());
        }
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

    /** Tells of events that waited for others too long, and forgets starts that limit no others any more. */
    synchronized void expire(Instant now) {
        if (running && configured) {
            dispatcher.expire(now);
            Duration longest = sensors.all().stream()
                    .map(program -> program.sensor().rules().longestPeriod())
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            limits.prune(now, longest);
        }
    }

    /** Whether all sensors and sources are known; else what is kept for others must not be forgotten. */
    synchronized boolean isComplete() {
        return configured && compared;
    }

    /** What is not to be shown of events. */
    public SourceSecrets secrets() {
        return secrets;
    }

    public Metrics metrics() {
        return metrics;
    }

    /** When something last happened to sensors and sources, through restarts. */
    public LastTimes lastTimes() {
        return lastTimes;
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

    public Inbox inbox() {
        return inbox;
    }

    public Starter starter() {
        return starter;
    }
}
