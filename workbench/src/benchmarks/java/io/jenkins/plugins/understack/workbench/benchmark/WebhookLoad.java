package io.jenkins.plugins.understack.workbench.benchmark;

import io.jenkins.plugins.understack.core.source.amqp.Messages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sends at a fixed rate whatever the answers, as many senders do, and counts the time from when a request was due. */
final class WebhookLoad {
    private final URI url;
    private final int rate;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private long number;

    WebhookLoad(String url, int rate) {
        this.url = URI.create(url);
        this.rate = rate;
    }

    /** In milliseconds, in order. */
    record Times(double[] sorted, int failed) {
        double percentile(int percent) {
            return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
        }
    }

    Times run(int seconds) throws InterruptedException {
        int requests = rate * seconds;
        double[] times = new double[requests];
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(requests);
        long begin = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            int index = i;
            long due = begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            HttpRequest request = HttpRequest.newBuilder(url)
                    .header("Content-Type", "application/json")
                    .header("ce-id", "request-" + number)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Messages.body("baremetal.port.create.end", number++)))
                    .build();
            client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
                times[index] = (System.nanoTime() - due) / 1e6;
                if (failure != null || answer.statusCode() != 202) {
                    failed.incrementAndGet();
                }
                left.countDown();
            });
        }
        left.await();
        Arrays.sort(times);
        return new Times(times, failed.get());
    }
}
