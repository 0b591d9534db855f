package io.jenkins.plugins.understack.workbench.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a controller, or something in its place, can do to the command. */
class ControllerClientTest {
    @Test
    void anAnswerThatStallsAndOneThatNeverEnds() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        var threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/stalls", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(done);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1024 * 1024];
            try (OutputStream body = exchange.getResponseBody()) {
                while (done.getCount() > 0) {
                    body.write(chunk);
                }
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThatThrownBy(() -> client(url + "/stalls", Duration.ofMillis(300)).events(Duration.ofHours(1)))
                    .isInstanceOf(ReplayException.class)
                    .hasMessageContaining("no complete answer within");
            assertThatThrownBy(() -> client(url + "/endless", Duration.ofSeconds(60)).events(Duration.ofHours(1)))
                    .isInstanceOf(ReplayException.class)
                    .hasMessageContaining("is longer than 134217728 bytes; ask for a shorter time with --since");
        } finally {
            done.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static ControllerClient client(String url, Duration timeout) {
        return new ControllerClient(URI.create(url), "u", "t", timeout);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
