package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.workbench.Await;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The process that {@link CrashMatrixTest} kills. Arguments: configuration, folder of the workflows, data folder. */
final class CrashingWorkbench {
    static final String READY = "ready";

    private CrashingWorkbench() {}

    public static void main(String[] arguments) throws Exception {
        WorkbenchServer server = WorkbenchServer.start(
                ConfigurationFile.load(Path.of(arguments[0]), System.getenv()),
                WorkflowLibrary.of(Path.of(arguments[1])),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                DataFolder.open(Path.of(arguments[2])),
                (event, decisions) -> {},
                (event, sensor, result) -> {
                    if (!result.succeeded()) {
                        System.out.println("a workflow failed: " + result.root().message());
                    }
                },
                new CrashPoints(System.getProperty(CrashPoints.PROPERTY)).seams());
        Await.until("the source", () -> server.status().stream().allMatch(source -> source.state() == SourceStatus.State.UP));
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
