package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The process of {@link DiskFullTest}: a workbench whose starts are settled without anything being run. It says the address of its
 * webhook, then the state of its sources for each line that comes in. Arguments: configuration, data folder.
 */
final class DiskFullWorkbench {
    private DiskFullWorkbench() {}

    public static void main(String[] arguments) throws Exception {
        WorkbenchServer server = WorkbenchServer.start(
                ConfigurationFile.load(Path.of(arguments[0]), Map.of()),
                WorkflowLibrary.provided(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                DataFolder.open(Path.of(arguments[1])),
                (event, decisions) -> {},
                (event, sensor, result) -> {},
                new Seams(
                        UnaryOperator.identity(),
                        workflows -> (event, start) -> new StartOutcome.Started("run", false),
                        UnaryOperator.identity()));
        System.out.println(server.webhooks().get(0).replaceFirst("^POST ", ""));
        while (System.in.read() >= 0) {
            StringBuilder line = new StringBuilder();
            for (SourceStatus source : server.status()) {
                line.append(source.name()).append(' ').append(source.state()).append(' ').append(source.problem()).append("; ");
            }
            System.out.println(line);
        }
    }
}
