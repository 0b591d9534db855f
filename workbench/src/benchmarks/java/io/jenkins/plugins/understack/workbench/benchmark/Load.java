package io.jenkins.plugins.understack.workbench.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** Begins something at a fixed rate, whatever becomes of it, and counts the time from when each was due. */
final class Load {
    private final LongFunction<CompletableFuture<Boolean>> work;
    private long number;

    /** @param work numbers begin with 0; whether it went well */
    Load(LongFunction<CompletableFuture<Boolean>> work) {
        this.work = work;
    }

    /** In milliseconds, in order. */
    record Times(double[] sorted, int failed) {
        double percentile(double percent) {
            return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100) - 1)];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, longest %.1f ms%s", percentile(50), percentile(99), percentile(100),
                    failed == 0 ? "" : "; " + failed + " FAILED");
        }
    }

    Times run(int rate, int seconds) throws InterruptedException {
        int times = rate * seconds;
        double[] took = new double[times];
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(times);
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            int index = i;
            long due = begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            work.apply(number++).whenComplete((well, failure) -> {
                took[index] = (System.nanoTime() - due) / 1e6;
                if (failure != null || !well) {
                    failed.incrementAndGet();
                }
                left.countDown();
            });
        }
        left.await();
        Arrays.sort(took);
        return new Times(took, failed.get());
    }
}
