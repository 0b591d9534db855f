package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.dispatch.DecisionListener;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEvent;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEventSource;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.Steps;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** All that works while {@code understack run} runs: sources, sensors, workflows and the HTTP server of the webhooks. */
public final class WorkbenchServer implements AutoCloseable {
    private final Configuration configuration;
    private final InetSocketAddress address;
    private final EventReceivers receivers;
    private final WorkflowStarter starter;
    private final WebhookServer http;

    private WorkbenchServer(
            Configuration configuration,
            InetSocketAddress address,
            EventReceivers receivers,
            WorkflowStarter starter,
            WebhookServer http) {
        this.configuration = configuration;
        this.address = address;
        this.receivers = receivers;
        this.starter = starter;
        this.http = http;
    }

    /**
     * Returns when webhooks are answered; brokers are connected in the background.
     *
     * @param address for webhooks; port 0 takes any free one
     * @param runs told of a run after {@code decisions} was told of its event
     * @throws IOException when the address cannot be used
     */
    public static WorkbenchServer start(
            ConfigurationFile file,
            WorkflowLibrary library,
            InetSocketAddress address,
            DecisionListener decisions,
            RunListener runs)
            throws IOException {
        Clock clock = Clock.systemUTC();
        Configuration configuration = file.configuration();
        SensorIndex index = new SensorIndex();
        for (Sensor sensor : configuration.sensors()) {
            index.put(sensor.name(), sensor.compile());
        }
        Transcript transcript = new Transcript(runs);
        Steps steps = Steps.of(configuration, file.secrets());
        WorkflowStarter starter = new WorkflowStarter(library, steps, clock, transcript);
        Dispatcher dispatcher = new Dispatcher(index, new Correlator(new MemoryStateStore()), starter, decisions);
        EventReceivers receivers = new EventReceivers(transcript.around(dispatcher), file.secrets(), clock);
        // First, because it may fail: then nothing was consumed.
        WebhookServer http = WebhookServer.start(address, receivers);
        receivers.configure(configuration.eventSources());
        return new WorkbenchServer(configuration, address, receivers, starter, http);
    }

    public List<SourceStatus> status() {
        return receivers.status();
    }

    /** {@code POST http://127.0.0.1:8090/understack/nautobot/interfaces} for each end point. */
    public List<String> webhooks() {
        List<String> urls = new ArrayList<>();
        for (EventSource source : configuration.eventSources()) {
            if (source instanceof WebhookEventSource webhook) {
                for (WebhookEvent event : webhook.events()) {
                    urls.add(event.method() + " http://" + address.getHostString() + ":" + http.port() + "/understack/"
                            + webhook.name() + "/" + event.path());
                }
            }
        }
        return urls;
    }

    /** Stops the sources first, then waits up to 10 s for running workflows. */
    @Override
    public void close() {
        receivers.close();
        http.close();
        starter.close();
    }
}
