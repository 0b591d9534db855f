package io.jenkins.plugins.understack.workbench.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import io.jenkins.plugins.understack.workbench.inbox.DeskRequests;
import io.jenkins.plugins.understack.workbench.print.InboxPrinter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understack replay}; its JSON is a contract, described in docs/command-line.md. */
@Command(
        name = "replay",
        description = "Show events once more to the sensors as they are now, and start what they decide; also while run is at work.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ReplayCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private DataOption data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration whose sensors decide, where no run is at work; else those of run do.")
    private Path config;

    @Option(names = "--sensor", paramLabel = "NAME", description = "Only this sensor.")
    private String sensor;

    @Option(names = "--all-dead-letters", description = "All dead letters, or with --sensor all of that one.")
    private boolean all;

    @Option(names = "--json", description = "Print JSON (docs/command-line.md).")
    private boolean json;

    @Parameters(paramLabel = "ID", description = "Dead letters by id (for their sensor), or events by number (for all sensors).")
    private List<String> ids = new ArrayList<>();

    public ReplayCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        if (ids.isEmpty() == !all) {
            throw CommandFailedException.wrong("expected ids of dead letters or numbers of events, or else --all-dead-letters");
        }
        List<String> full = new ArrayList<>();
        for (String id : ids) {
            full.add(id.contains("-") ? Desk.id(id) : Desk.number(id));
        }
        Configuration configuration =
                config == null ? null : ConfigurationFile.load(config, environment.variables()).configuration();
        Desk desk = new Desk(data.folder, configuration);
        JsonNode answer = desk.ask(DeskRequests.replay(full, sensor, all));
        if (json) {
            environment.console().print(answer.toPrettyString());
            return 0;
        }
        environment.console().print(new InboxPrinter(environment.console().style()).replayed(answer));
        environment.console()
                .print(
                        desk.isAtWork()
                                ? "· by the sensors of the run that is at work; it starts them"
                                : "· pending; the next \"understack run\" on " + data.folder + " starts them");
        return 0;
    }
}
