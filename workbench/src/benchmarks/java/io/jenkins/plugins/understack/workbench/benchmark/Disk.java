package io.jenkins.plugins.understack.workbench.benchmark;

import io.jenkins.plugins.understack.core.source.amqp.Messages;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** How long the disk of this machine takes at this moment, without which the other figures say little. */
final class Disk {
    private final Path folder;
    private final int rate;

    Disk(Path folder, int rate) {
        this.folder = folder;
        this.rate = rate;
    }

    /**
     * Nothing but the operating system: appends so many bytes and waits until they are on disk, one after the other. Each is timed by
     * itself: a disk that is slower than the rate would have a queue that grows, where a group commit takes more at once.
     */
    Load.Times raw(int bytes, int seconds) throws IOException {
        Path file = Files.createTempFile(folder, "raw", null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            double[] took = new double[rate * seconds];
            long begin = System.nanoTime();
            int times = 0;
            for (; times < took.length && System.nanoTime() - begin < 2e9 * seconds; times++) {
                long due = begin + times * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(bytes));
                channel.force(false);
                took[times] = (System.nanoTime() - start) / 1e6;
            }
            double[] sorted = Arrays.copyOf(took, times);
            Arrays.sort(sorted);
            return new Load.Times(sorted, 0);
        } finally {
            Files.delete(file);
        }
    }

    /**
     * The least that anybody can do who waits for the disk on behalf of many: one thread appends 4 kB for each that has come, waits once,
     * and answers all of them. Who comes while it waits, waits for the rest of that and for the next one: this is what one slow write
     * costs those who come at a rate.
     */
    Load.Times grouped(int seconds) throws Exception {
        Path file = Files.createTempFile(folder, "grouped", null);
        BlockingQueue<CompletableFuture<Boolean>> waiting = new LinkedBlockingQueue<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Thread writer = new Thread(() -> {
                try {
                    while (true) {
                        List<CompletableFuture<Boolean>> some = new ArrayList<>(List.of(waiting.take()));
                        waiting.drainTo(some);
                        channel.write(ByteBuffer.allocate(4_096 * some.size()));
                        channel.force(false);
                        some.forEach(one -> one.complete(true));
                    }
                } catch (InterruptedException | IOException e) {
                    // The end.
                }
            });
            writer.start();
            Load load = new Load(number -> {
                CompletableFuture<Boolean> written = new CompletableFuture<>();
                waiting.add(written);
                return written;
            });
            load.run(rate, 1);
            Load.Times times = load.run(rate, seconds);
            writer.interrupt();
            writer.join();
            return times;
        } finally {
            Files.delete(file);
        }
    }

    /** The store of the inbox with what a webhook writes there, and nothing else. */
    Load.Times store(int seconds) throws Exception {
        String event = new String(Messages.body("baremetal.port.create.end", 0), StandardCharsets.UTF_8);
        try (StateStore store = new FileStateStore(Files.createTempDirectory(folder, "store").resolve("inbox.mv"), Clock.systemUTC())) {
            StateMap events = store.map("events");
            StateMap index = store.map("index");
            StateMap identities = store.map("identities");
            StateMap arrivals = store.map("arrivals");
            StateMap starts = store.map("starts");
            Load load = new Load(number -> {
                String key = String.format("%016x", number);
                return store.write(() -> {
                            events.put(key, event);
                            index.put(key, "1790000000000 2200 hooks");
                            identities.put("hooks\nhook\nrequest-" + number, key);
                            arrivals.put(key, "1790000000000 hooks\nhook\nrequest-" + number);
                            starts.put(key + "-0000", event);
                        })
                        .thenApply(done -> true);
            });
            load.run(rate, seconds);
            return load.run(rate, seconds);
        }
    }
}
