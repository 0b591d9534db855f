package io.jenkins.plugins.understack.workbench.benchmark;

import io.jenkins.plugins.understack.core.dispatch.CountedDecisions;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.dispatch.FlightLimits;
import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.core.dispatch.Starter;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.core.source.Retention;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes a number of events from a queue as {@code run} and the plugin do, and says each second how many it took. */
public final class Consumer {
    /** What becomes of starts. */
    public enum Mode {
        /** They wait. */
        ACCEPT,
        /** They are settled as fast as possible, without anything being run. */
        SETTLE
    }

    private static final String CONFIGURATION =
            """
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword: {id: broker, username: "%s", password: "%s"}
            unclassified:
              understack:
                eventSources:
                  - amqp:
                      name: openstack-ironic
                      uri: %s
                      credentialsId: broker
                      events:
                        - {name: openstack, exchange: bench, routingKeys: [event], queue: %s, prefetch: %s, bodyFormat: oslo}
            """;

    private Consumer() {}

    /** Arguments: uri, user, password, queue, prefetch, messages, mode, data folder. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[7]);
        Path config = Files.writeString(
                folder.resolve("understack.yaml"),
                CONFIGURATION.formatted(arguments[1], arguments[2], arguments[0], arguments[3], arguments[4]));
        ConfigurationFile file = ConfigurationFile.load(config, Map.of());
        int messages = Integer.parseInt(arguments[5]);
        Clock clock = Clock.systemUTC();
        SensorIndex index = new SensorIndex();
        for (Sensor sensor : Sensors.of(Sensors.Language.FILTERS, Sensors.Placement.UNDERSTACK)) {
            index.put(sensor.name(), sensor.compile());
        }
        CountDownLatch left = new CountDownLatch(messages);
        InboxSettings settings = new InboxSettings(Duration.ofHours(24), Retention.DEFAULT, Integer.MAX_VALUE, 10_000);
        try (StateStore store = new FileStateStore(folder.resolve("inbox.mv"), clock)) {
            Metrics metrics = new Metrics();
            Inbox inbox = new Inbox(store, () -> settings, source -> false, null, clock);
            Starter starter = new Starter(inbox, (event, start) -> new StartOutcome.Started("run", false), FlightLimits.NONE, clock, metrics);
            if (Mode.valueOf(arguments[6]) == Mode.SETTLE) {
                CountDownLatch open = new CountDownLatch(1);
                starter.open(open::countDown);
                open.await();
            }
            Dispatcher dispatcher = new Dispatcher(
                    index,
                    new Correlator(store),
                    inbox,
                    starter,
                    new CountedDecisions(metrics, clock, (event, decisions) -> left.countDown()));
            EventReceivers receivers = new EventReceivers(dispatcher, file.secrets(), clock, metrics);
            receivers.configure(file.configuration().eventSources());
            // As PerfTest says it.
            long before;
            do {
                before = left.getCount();
                long begin = System.nanoTime();
                left.await(1, TimeUnit.SECONDS);
                System.out.printf("received: %d msg/s%n", Math.round((before - left.getCount()) / ((System.nanoTime() - begin) / 1e9)));
            } while (left.getCount() > 0);
            receivers.close();
            starter.close();
        }
    }
}
