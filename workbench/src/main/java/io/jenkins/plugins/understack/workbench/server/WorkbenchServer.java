package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.dispatch.DecisionListener;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEvent;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEventSource;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import io.jenkins.plugins.understack.workbench.inbox.InboxApi;
import io.jenkins.plugins.understack.workbench.inbox.InboxDesk;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** All that works while {@code understack run} runs: sources, sensors, workflows and the HTTP server of the webhooks. */
public final class WorkbenchServer implements AutoCloseable {
    private final Configuration configuration;
    private final InetSocketAddress address;
    private final EventReceivers receivers;
    private final Delivery delivery;
    private final WebhookServer http;
    private final InboxApi api;

    private WorkbenchServer(
            Configuration configuration,
            InetSocketAddress address,
            EventReceivers receivers,
            Delivery delivery,
            WebhookServer http,
            InboxApi api) {
        this.configuration = configuration;
        this.address = address;
        this.receivers = receivers;
        this.delivery = delivery;
        this.http = http;
        this.api = api;
    }

    /**
     * Returns when webhooks are answered; brokers are connected in the background.
     *
     * @param address for webhooks; port 0 takes any free one
     * @param data stays open when this is closed
     * @param runs told of a run after {@code decisions} was told of its event
     * @throws IOException when the address cannot be used
     * @throws UncheckedIOException when the data folder cannot be used
     */
    public static WorkbenchServer start(
            ConfigurationFile file,
            WorkflowLibrary library,
            InetSocketAddress address,
            DataFolder data,
            DecisionListener decisions,
            RunListener runs)
            throws IOException {
        return start(file, library, address, data, decisions, runs, Seams.NONE);
    }

    static WorkbenchServer start(
            ConfigurationFile file,
            WorkflowLibrary library,
            InetSocketAddress address,
            DataFolder data,
            DecisionListener decisions,
            RunListener runs,
            Seams seams)
            throws IOException {
        Metrics metrics = new Metrics();
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.export(prometheus);
        Delivery delivery = new Delivery(file, library, data, decisions, runs, metrics, seams);
        EventReceivers receivers = new EventReceivers(delivery.sink(), file.secrets(), Clock.systemUTC(), metrics);
        WebhookServer http;
        try {
            // First, because it may fail: then nothing was consumed.
            http = WebhookServer.start(address, receivers, prometheus::scrape);
        } catch (IOException | RuntimeException e) {
            delivery.close();
            throw e;
        }
        try {
            delivery.begin();
            InboxApi api = InboxApi.start(delivery.desk(), data);
            receivers.configure(file.configuration().eventSources());
            return new WorkbenchServer(file.configuration(), address, receivers, delivery, http, api);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For those who look at the inbox while it is in use. */
    public InboxDesk desk() {
        return delivery.desk();
    }

    public List<SourceStatus> status() {
        return receivers.status();
    }

    /** Where Prometheus finds what is measured. */
    public String metrics() {
        return "http://" + address.getHostString() + ":" + http.port() + WebhookServer.METRICS;
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
        api.close();
        receivers.close();
        http.close();
        delivery.close();
    }
}
