package io.jenkins.plugins.understack.workbench.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with the next requests, one after the other; then all is well again. Thread-safe. */
public final class NautobotFaults implements AutoCloseable {
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @FunctionalInterface
    private interface Fault {
        void happen(HttpExchange exchange) throws IOException;
    }

    /** An answer of that status, which repeats what was sent with it, as a careless proxy does. */
    public NautobotFaults status(int status) {
        next.add(exchange -> refuse(exchange, status));
        return this;
    }

    /** @param retryAfter seconds or a date, as HTTP has it */
    public NautobotFaults status(int status, String retryAfter) {
        next.add(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            refuse(exchange, status);
        });
        return this;
    }

    /** The connection ends in the middle of the answer. */
    public NautobotFaults cut() {
        next.add(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.close();
        });
        return this;
    }

    /** No answer while this simulator lives. */
    public NautobotFaults hang() {
        next.add(exchange -> await(closed));
        return this;
    }

    /** The answer comes when the latch has been counted down, and is right. */
    public NautobotFaults waitFor(CountDownLatch latch) {
        next.add(exchange -> await(latch));
        return this;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        byte[] body = ("{\"detail\": \"refused: " + exchange.getRequestHeaders().getFirst("Authorization") + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Whether the exchange is over. */
    boolean happens(HttpExchange exchange) throws IOException {
        Fault fault = next.poll();
        if (fault == null) {
            return false;
        }
        fault.happen(exchange);
        return exchange.getResponseCode() != -1 || closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
