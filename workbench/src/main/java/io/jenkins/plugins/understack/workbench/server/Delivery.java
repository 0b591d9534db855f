package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.dispatch.CountedDecisions;
import io.jenkins.plugins.understack.core.dispatch.DecisionListener;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.dispatch.FlightLimits;
import io.jenkins.plugins.understack.core.dispatch.Starter;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxGauges;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.Bmcs;
import io.jenkins.plugins.understack.workbench.cps.Openstacks;
import io.jenkins.plugins.understack.workbench.cps.Steps;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import io.jenkins.plugins.understack.workbench.inbox.InboxDesk;
import io.jenkins.plugins.understack.workbench.inbox.RunFiles;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** From an event to the run of its workflow, over one data folder. */
final class Delivery implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Delivery.class.getName());

    /** A start that was begun so long ago has its run, unless something went wrong. */
    private static final Duration LOST = Duration.ofMinutes(1);

    private final Configuration configuration;
    private final Metrics metrics;
    private final StateStore store;
    private final Inbox inbox;
    private final RunFiles files;
    private final WorkflowStarter workflows;
    private final Starter starter;
    private final Dispatcher dispatcher;
    private final EventSink sink;
    private final Clock clock = Clock.systemUTC();
    private final ScheduledExecutorService housekeeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Nothing is taken or started before {@link #begin}.
     *
     * @throws UncheckedIOException when the data folder cannot be used
     */
    Delivery(
            ConfigurationFile file,
            WorkflowLibrary library,
            DataFolder data,
            DecisionListener decisions,
            RunListener runs,
            Metrics metrics,
            Seams seams) {
        this.metrics = metrics;
        configuration = file.configuration();
        Transcript transcript = new Transcript(runs);
        files = new RunFiles(data.runs());
        store = seams.store().apply(new FileStateStore(data.inbox(), clock));
        Openstacks openstacks = Openstacks.real(file.clouds(), file.secrets());
        Steps steps = Steps.of(configuration, file.secrets(), file.obm(), Bmcs.real(file.bmcTrust(), store), openstacks);
        workflows = new WorkflowStarter(library, steps, files, clock, transcript);
        inbox = new Inbox(store, configuration::inbox, source -> false, null, clock);
        SensorIndex index = new SensorIndex();
        configuration.sensors().forEach(sensor -> index.put(sensor.name(), sensor.compile()));
        starter = new Starter(inbox, seams.builds().apply(workflows), FlightLimits.of(() -> configuration, index::get), clock, metrics);
        workflows.onFinished(starter::finished);
        dispatcher = new Dispatcher(
                index,
                new Correlator(store),
                inbox,
                starter,
                new CountedDecisions(metrics, clock, decisions),
                source -> configuration.rulesOf(source).secrets());
        sink = transcript.around(seams.sink().apply(dispatcher));
    }

    /** Returns when what was pending is compared with the runs that exist. @throws UncheckedIOException as the constructor */
    void begin() {
        files.interruptAll(clock.instant());
        // The starter would wait until somebody mends the file; here somebody sits before the screen.
        inbox.reader().pendingCount();
        InboxGauges.register(inbox.reader(), metrics, clock);
        CompletableFuture<Void> compared = new CompletableFuture<>();
        starter.open(() -> compared.complete(null));
        compared.join();
        housekeeper.scheduleWithFixedDelay(
                () -> kept("waiting events", () -> dispatcher.expire(clock.instant())), 5, 5, TimeUnit.SECONDS);
        housekeeper.scheduleWithFixedDelay(() -> kept("inbox", this::maintain), 1, 1, TimeUnit.MINUTES);
    }

    private void maintain() {
        inbox.maintain();
        starter.lookAgain(LOST);
        files.prune(
                clock.instant(),
                configuration.inbox().longestAge(),
                start -> inbox.reader().pendingStart(start) != null);
    }

    /** Whatever it throws, it is done again. */
    private static void kept(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> what + " cannot be tidied up now");
        }
    }

    EventSink sink() {
        return sink;
    }

    InboxDesk desk() {
        return new InboxDesk(inbox, files, dispatcher);
    }

    /** To be called when no event comes any more. Waits up to 10 s for running workflows. */
    @Override
    public void close() {
        housekeeper.shutdown();
        workflows.stop();
        starter.close();
        workflows.close();
        store.close();
    }
}
