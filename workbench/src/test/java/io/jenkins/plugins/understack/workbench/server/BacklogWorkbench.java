package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The process of {@link BacklogTest}: a workbench whose starts wait until a line comes in, then are all settled at once, without
 * anything being run; it ends with another line. It says how much of its heap is in use then, and ten times on its way through the messages.
 * Arguments: configuration, data folder, number of messages.
 */
final class BacklogWorkbench {
    static final String READY = "ready";
    static final String IN_USE = "bytes in use: ";
    static final String DONE = "done";

    private BacklogWorkbench() {}

    public static void main(String[] arguments) throws Exception {
        int messages = Integer.parseInt(arguments[2]);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(messages);
        AtomicInteger settled = new AtomicInteger();
        Semaphore measurements = new Semaphore(0);
        BuildStarter builds = (event, start) -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (settled.incrementAndGet() % (messages / 10) == 0) {
                measurements.release();
            }
            left.countDown();
            return new StartOutcome.Started("run", false);
        };
        WorkbenchServer server = WorkbenchServer.start(
                ConfigurationFile.load(Path.of(arguments[0]), Map.of()),
                WorkflowLibrary.provided(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                DataFolder.open(Path.of(arguments[1])),
                (event, decisions) -> {},
                (event, sensor, result) -> {},
                new Seams(UnaryOperator.identity(), workflows -> builds, UnaryOperator.identity()));
        System.out.println(READY);
        System.in.read();
        sayInUse();
        go.countDown();
        for (int i = 0; i < 10; i++) {
            measurements.acquire();
            sayInUse();
        }
        left.await();
        System.out.println(DONE);
        System.in.read();
        server.close();
    }

    private static void sayInUse() {
        System.gc();
        System.out.println(IN_USE + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()));
    }
}
