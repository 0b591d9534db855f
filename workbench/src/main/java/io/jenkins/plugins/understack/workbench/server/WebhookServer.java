package io.jenkins.plugins.understack.workbench.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.core.source.EventReceivers;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAnswer;
import io.jenkins.plugins.understack.core.source.webhook.WebhookReceiver;
import io.jenkins.plugins.understack.core.source.webhook.WebhookRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers {@code http://host:port/understack/<source>/<path>}, where Jenkins has the same below its own URL. */
final class WebhookServer implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(WebhookServer.class.getName());
    /** For {@code GET}. */
    static final String METRICS = "/metrics";

    private static final String ROOT = "/understack/";
    private static final int AT_ONCE = 64;

    static {
        // Properties of the module jdk.httpserver. A caller that never ends its request must not keep a thread (seconds), or
        // AT_ONCE of them would keep everybody else waiting. Bodies are of 16 MiB at most, from the same machine or network.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        // An answer is two writes: without this the second waits for the caller's delayed acknowledgement of the first, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Reading on (bytes) lets the caller of a body too long see the answer 413 instead of a reset connection.
        System.setProperty("sun.net.httpserver.drainAmount", String.valueOf(16 * 1024 * 1024));
    }

    private final HttpServer http;
    private final ExecutorService threads;
    private final EventReceivers receivers;

    private WebhookServer(HttpServer http, ExecutorService threads, EventReceivers receivers) {
        this.http = http;
        this.threads = threads;
        this.receivers = receivers;
    }

    /**
     * @param address port 0 takes any free one
     * @param metrics in the text format of Prometheus
     */
    static WebhookServer start(InetSocketAddress address, EventReceivers receivers, Supplier<String> metrics) throws IOException {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "webhook server");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        HttpServer http = HttpServer.create(address, 0);
        WebhookServer server = new WebhookServer(http, threads, receivers);
        http.setExecutor(threads);
        http.createContext("/", server::handle);
        http.createContext(METRICS, exchange -> answerMetrics(exchange, metrics));
        http.start();
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            WebhookAnswer answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "request could not be handled", e);
                answer = new WebhookAnswer(500, java.util.Map.of(), "{\"error\":\"internal error\"}");
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // The caller is gone; it will send again if it cares.
            LOGGER.log(Level.FINE, "connection lost", e);
        }
    }

    private static void answerMetrics(HttpExchange exchange, Supplier<String> metrics) throws IOException {
        try (exchange) {
            boolean found = exchange.getRequestURI().getPath().equals(METRICS);
            if (!found || !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(found ? 405 : 404, -1);
                return;
            }
            byte[] body = metrics.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private WebhookAnswer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int slash = path.startsWith(ROOT) ? path.indexOf('/', ROOT.length()) : -1;
        Optional<WebhookReceiver> receiver =
                slash < 0 ? Optional.empty() : receivers.webhook(path.substring(ROOT.length(), slash));
        if (receiver.isEmpty()) {
            return WebhookAnswer.NOT_FOUND;
        }
        return receiver.get()
                .receive(new WebhookRequest(
                        exchange.getRequestMethod(),
                        path.substring(slash + 1),
                        exchange.getRequestURI().getRawQuery(),
                        exchange.getRequestHeaders(),
                        exchange.getRequestBody()));
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
    }
}
