package io.jenkins.plugins.understack.workbench.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** How long the disk of this machine takes, without which the other figures say little. */
final class Disk {
    private Disk() {}

    static double medianSyncMillis(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "sync", null);
        List<Double> times = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 200; i++) {
                channel.write(ByteBuffer.allocate(4_096));
                long begin = System.nanoTime();
                channel.force(false);
                times.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return DeliveryBenchmark.median(times);
    }
}
