package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import io.jenkins.plugins.understack.workbench.print.Console;
import io.jenkins.plugins.understack.workbench.print.ConsoleLog;
import io.jenkins.plugins.understack.workbench.print.InboxPrinter;
import io.jenkins.plugins.understack.workbench.server.WorkbenchServer;
import io.jenkins.plugins.understack.workbench.server.WorkflowName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code understack run}. */
@Command(
        name = "run",
        description = "Receive events from the configured sources and run the workflows that sensors start, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "What was accepted and not yet started when it ends is started by the next run on the same data folder.",
            "Ctrl-C stops the sources, waits up to 10 s for running workflows, and ends with exit code 130."
        })
public final class RunCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options;

    @Mixin
    private LibraryOption library;

    @Mixin
    private DataOption data;

    @Option(names = "--port", defaultValue = "8090", description = "Port for webhooks, 0 for any free one (default: 8090).")
    private int port;

    @Option(
            names = "--bind",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "Address for webhooks (default: 127.0.0.1, this machine only).")
    private String bind;

    public RunCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > 65_535) {
            throw CommandFailedException.wrong("--port: " + port + " is no port; expected 0 to 65535");
        }
        ConfigurationFile file = options.load(environment);
        Console console = environment.console();
        ConsoleLog.install(console, options.verbose);
        try (DataFolder folder = data.open();
                WorkbenchServer server = start(file, folder)) {
            console.print("· data in " + folder.path() + InboxPrinter.waiting(server.desk().counts()));
            warnOfRules(file.configuration().sensors());
            console.print("· " + file.configuration().eventSources().size() + " event sources, "
                    + file.configuration().sensors().size() + " sensors; Ctrl-C ends");
            console.print("· metrics " + server.metrics());
            server.webhooks().forEach(url -> console.print("· webhook " + url));
            untilStopped(server);
        }
        return 0;
    }

    private WorkbenchServer start(ConfigurationFile file, DataFolder folder) throws CommandFailedException {
        InetSocketAddress address = new InetSocketAddress(bind, port);
        if (address.isUnresolved()) {
            throw CommandFailedException.wrong("--bind: host \"" + bind + "\" is unknown");
        }
        WorkflowLibrary workflows = library.load();
        checkJobs(file.configuration().sensors(), workflows);
        Story story = new Story(environment.console());
        try {
            return WorkbenchServer.start(file, workflows, address, folder, story, story);
        } catch (IOException e) {
            throw CommandFailedException.failed(
                    "--port: cannot listen on " + bind + ":" + port + " (" + e.getMessage() + "); choose another with --port");
        } catch (UncheckedIOException e) {
            throw CommandFailedException.failed("--data: " + e.getCause().getMessage());
        }
    }

    private void warnOfRules(List<Sensor> sensors) {
        for (Sensor sensor : sensors) {
            if (!sensor.rules().ofQueue().equals(StartRules.NONE)) {
                environment.console().print(environment.console().style().warning("! sensor \"" + sensor.name()
                        + "\": starts at once; only Jenkins' queue knows serializeBy, coalesceBy, limit, delay and hold"));
            }
        }
    }

    /** Said now, not when the first event comes. */
    private void checkJobs(List<Sensor> sensors, WorkflowLibrary workflows) throws CommandFailedException {
        for (int i = 0; i < sensors.size(); i++) {
            String workflow = WorkflowName.of(sensors.get(i).job());
            if (!workflows.has(workflow)) {
                throw CommandFailedException.wrong(options.config + ": unclassified.understack.sensors[" + i + "].job: \""
                        + sensors.get(i).job() + "\" stands for the workflow \"" + workflow
                        + "\", which the library does not have; expected one of " + workflows.names());
            }
        }
    }

    /** A signal ends the process through this hook; the JVM then exits with 128 + the number of the signal. */
    private void untilStopped(WorkbenchServer server) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> {
                    environment.console().print("· stopping");
                    server.close();
                    environment.console().print("· stopped");
                },
                "shutdown"));
        new CountDownLatch(1).await();
    }
}
