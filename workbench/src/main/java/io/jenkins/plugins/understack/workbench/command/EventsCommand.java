package io.jenkins.plugins.understack.workbench.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.workbench.inbox.DeskRequests;
import io.jenkins.plugins.understack.workbench.print.InboxPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code understack events}; its JSON is a contract, described in docs/command-line.md. */
@Command(
        name = "events",
        description = "Show the events that matched, newest first, and what became of what they started; also while run is at work.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class EventsCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "Print JSON (docs/command-line.md).")
    private boolean json;

    @Mixin
    private SearchOptions search;

    @Option(names = "--type", paramLabel = "NAME", description = "Only of this type.")
    private String type;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only with a start, of that sensor and job, in this state: pending, started, replaced, discarded, dropped or dead-letter.")
    private String state;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many (default: 20).")
    private int limit;

    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "Show this event with its decisions.")
    private String number;

    public EventsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Desk desk = new Desk(data.folder, null);
        InboxPrinter printer = new InboxPrinter(environment.console().style());
        JsonNode answer;
        String text;
        if (number == null) {
            answer = desk.ask(DeskRequests.events(search.search(type, state), limit));
            text = printer.events(answer);
        } else {
            answer = desk.ask(DeskRequests.event(Desk.number(number)));
            text = printer.event(answer);
        }
        environment.console().print(json ? answer.toPrettyString() : text);
        return 0;
    }
}
