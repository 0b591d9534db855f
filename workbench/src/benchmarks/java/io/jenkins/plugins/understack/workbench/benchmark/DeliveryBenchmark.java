package io.jenkins.plugins.understack.workbench.benchmark;

import com.rabbitmq.client.Connection;
import com.rabbitmq.perf.PerfTest;
import io.jenkins.plugins.understack.workbench.server.WebhookTarget;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** {@code understack bench delivery}: what is promised about delivery, measured here and now; docs/benchmarks.md says how. */
public final class DeliveryBenchmark {
    private static final int ROUNDS = Integer.getInteger("understack.bench.rounds", 3);
    private static final int MESSAGES = Integer.getInteger("understack.bench.messages", 200_000);
    private static final String PARTS = System.getProperty("understack.bench.parts", "1234");
    private static final int PREFETCH = 100;

    private final Bench bench;
    private final Path folder;

    private DeliveryBenchmark(Bench bench, Path folder) {
        this.bench = bench;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("understack-bench");
        try (Bench bench = Bench.start()) {
            DeliveryBenchmark benchmark = new DeliveryBenchmark(bench, folder);
            benchmark.machine();
            if (PARTS.contains("1")) {
                benchmark.consumption();
            }
            if (PARTS.contains("2")) {
                benchmark.acceptance();
            }
            if (PARTS.contains("3")) {
                benchmark.webhooks();
            }
            if (PARTS.contains("4")) {
                benchmark.lookup();
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        System.exit(0);
    }

    private void machine() throws Exception {
        FileStore disk = Files.getFileStore(folder);
        try (Connection connection = bench.connect()) {
            say("%d cores (load %.1f), Java %s, %s, %s on %s",
                    Runtime.getRuntime().availableProcessors(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    Runtime.version(),
                    connection.getServerProperties().get("product") + " " + connection.getServerProperties().get("version"),
                    disk.type(),
                    disk.name());
        }
        say("messages of %d bytes, persistent, prefetch %d, %d in the queue; median of %d rounds, each in a process of its own, each the median of its seconds from the fourth on",
                bench.bytes(), PREFETCH, MESSAGES, ROUNDS);
    }

    /** 1. Events that no sensor wants, beside PerfTest's consumer. */
    private void consumption() throws Exception {
        List<Double> raw = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            bench.fill("baremetal.node.power_set.start", MESSAGES, "raw", "ours");
            raw.add(raw("raw"));
            ours.add(ours("ours", Consumer.Mode.ACCEPT));
        }
        say("1. not matching, events/s: PerfTest %.0f, understack (15 sensors, 6 on the event) %.0f: %.0f %% (target: 80 %%)   %s %s",
                median(raw), median(ours), 100 * median(ours) / median(raw), rounded(raw), rounded(ours));
    }

    /** 2. Events that a sensor wants: acknowledged when they are on disk. */
    private void acceptance() throws Exception {
        List<Double> raw = new ArrayList<>();
        List<Double> accepted = new ArrayList<>();
        List<Double> settled = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            bench.fill("baremetal.port.create.end", MESSAGES, "raw", "accept", "settle");
            raw.add(raw("raw"));
            accepted.add(ours("accept", Consumer.Mode.ACCEPT));
            settled.add(ours("settle", Consumer.Mode.SETTLE));
        }
        say("2. matching, events/s: PerfTest %.0f; durably accepted %.0f (target: 5000); accepted while all are started and settled %.0f   %s %s %s",
                median(raw), median(accepted), median(settled), rounded(raw), rounded(accepted), rounded(settled));
    }

    private double raw(String queue) throws Exception {
        return new Child(folder)
                .rate(PerfTest.class, List.of(
                        "-h", bench.uriWithLogin(), "-x", "0", "-y", "1", "-u", queue, "-p", "-q", "" + PREFETCH, "-D", "" + MESSAGES, "-ad", "false"));
    }

    private double ours(String queue, Consumer.Mode mode) throws Exception {
        return new Child(folder)
                .rate(Consumer.class, List.of(
                        bench.uri(), bench.username(), bench.password(), queue, "" + PREFETCH, "" + MESSAGES, mode.name(),
                        Files.createTempDirectory(folder, "data").toString()));
    }

    /** 3. Requests at a fixed rate, each timed from when it was due; beside them the same rate of what they are made of. */
    private void webhooks() throws Exception {
        for (int rate : new int[] {500, 1_000}) {
            Disk disk = new Disk(folder, rate);
            say("3. at %d/s:", rate);
            say("   one write of 4 kB until it is on disk: %s", disk.raw(4_096, 5));
            say("   the simplest group commit of 4 kB each: %s", disk.grouped(10));
            say("   the store of the inbox alone: %s", disk.store(10));
            say("   HTTP alone (the JDK's server, which answers at once): %s", webhooks(rate, BareServer.class));
            say("   webhooks, each on disk before its 202: %s%s", webhooks(rate, WebhookTarget.class), rate == 500 ? " (target: p99 < 20 ms)" : "");
            say("   the simplest group commit once more: %s", disk.grouped(10));
        }
    }

    private Load.Times webhooks(int rate, Class<?> main) throws Exception {
        Process server = new Child(folder).start(main, List.of(Files.createTempDirectory(folder, "data").toString()));
        try {
            Load load = new Load(new WebhookLoad(Child.awaitLine(server, WebhookTarget.URL)));
            load.run(rate, 10);
            return load.run(rate, 20);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    /** 4. The same event with few and with many sensors on others. */
    private void lookup() throws Exception {
        var results = new Runner(new OptionsBuilder()
                        .include(LookupBenchmark.class.getName())
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        say("4. median (quarter, three quarters) of 100 measurements in 5 processes:");
        results.stream().map(DeliveryBenchmark::lookup).sorted().forEach(line -> say("   %s", line));
    }

    private static String lookup(RunResult result) {
        Statistics times = result.getPrimaryResult().getStatistics();
        return String.format(
                "%s: one sensor on the event among %s: %.0f ns (%.0f, %.0f)",
                result.getPrimaryResult().getLabel().equals("find") ? "look-up" : "look-up and decision",
                result.getParams().getParam("sensors"),
                times.getPercentile(50),
                times.getPercentile(25),
                times.getPercentile(75));
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String rounded(List<Double> values) {
        return Arrays.toString(values.stream().mapToLong(Math::round).toArray());
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
        System.out.flush();
    }
}
