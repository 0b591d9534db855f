package io.jenkins.plugins.understack.workbench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Origin;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.workbench.print.DecisionPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code understack explain}; its JSON is a contract, described in docs/explain.md. */
@Command(
        name = "explain",
        description = "Show what each sensor makes of an event, and why; or what changed sensors would make of past events. Nothing is started.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ExplainCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options;

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Option(names = "--json", description = "Print JSON (docs/explain.md).")
    private boolean json;

    /** One event from a file, or those that a controller has recorded. */
    static final class Input {
        @ArgGroup(exclusive = false)
        private OneEvent one;

        @ArgGroup(exclusive = false)
        private ExplainSince recorded;
    }

    /** An event of a file. */
    static final class OneEvent {
        @Option(
                names = "--event",
                required = true,
                paramLabel = "FILE",
                description = "What the producer sends: the body of the message or of the request.")
        private Path eventFile;

        @Option(names = "--source", required = true, paramLabel = "NAME", description = "Event source that would receive it.")
        private String source;

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name of the event within that source.")
        private String name;

        @Option(names = "--data", description = "FILE holds the complete event data, body and headers, as sensors see them.")
        private boolean data;
    }

    public ExplainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        if (input.recorded != null) {
            input.recorded.run(options, environment, json);
            return 0;
        }
        String source = input.one.source;
        String name = input.one.name;
        Configuration configuration = options.load(environment).configuration();
        Event event = event(find(configuration, source, name));
        List<Decision> decisions = new ArrayList<>();
        for (Sensor sensor : configuration.sensors()) {
            if (sensor.dependencies().stream().anyMatch(dependency -> dependency.origin().equals(new Origin(source, name)))) {
                decisions.add(sensor.compile().decide(event));
            }
        }
        environment.console().print(json
                ? toJson(decisions)
                : new DecisionPrinter(environment.console().style()).print(event, decisions));
        return 0;
    }

    private EventSource find(Configuration configuration, String source, String name) throws CommandFailedException {
        EventSource found = configuration.eventSources().stream()
                .filter(candidate -> candidate.name().equals(source))
                .findFirst()
                .orElseThrow(() -> CommandFailedException.wrong("--source: \"" + source + "\" is no event source of " + options.config
                        + "; expected one of "
                        + configuration.eventSources().stream().map(EventSource::name).toList()));
        if (!found.eventNames().contains(name)) {
            throw CommandFailedException.wrong("--name: event source \"" + source + "\" of " + options.config + " has no event \""
                    + name + "\"; expected one of " + found.eventNames());
        }
        return found;
    }

    private Event event(EventSource found) throws CommandFailedException {
        Path eventFile = input.one.eventFile;
        String name = input.one.name;
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(eventFile);
        } catch (NoSuchFileException e) {
            throw CommandFailedException.wrong("--event: " + eventFile + " does not exist");
        } catch (IOException e) {
            throw CommandFailedException.wrong("--event: " + eventFile + " cannot be read (" + e.getMessage() + ")");
        }
        try {
            Clock clock = Clock.systemUTC();
            return input.one.data
                    ? new Event(UUID.randomUUID().toString(), found.name(), name, found.kind(), found.kind(), clock.instant(), Json.parse(bytes))
                    : found.read(name, bytes, clock);
        } catch (MalformedEventException e) {
            throw CommandFailedException.failed(eventFile + ": " + e.getMessage());
        }
    }

    private static String toJson(List<Decision> decisions) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        decisions.forEach(decision -> array.add(decision.toJson()));
        return array.toPrettyString();
    }
}
