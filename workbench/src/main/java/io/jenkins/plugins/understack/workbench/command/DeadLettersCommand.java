package io.jenkins.plugins.understack.workbench.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.understack.workbench.inbox.DeskRequests;
import io.jenkins.plugins.understack.workbench.print.InboxPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code understack dead-letters}; its JSON is a contract, described in docs/command-line.md. */
@Command(
        name = "dead-letters",
        description = "Show what could not be handled, newest first, or discard one; also while run is at work.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DeadLettersCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "Print JSON (docs/command-line.md).")
    private boolean json;

    @Mixin
    private SearchOptions search;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many (default: 20).")
    private int limit;

    @ArgGroup(exclusive = false)
    private Discard discard;

    /** One that needs nothing more. */
    static final class Discard {
        @Option(names = "--discard", required = true, paramLabel = "ID", description = "Remove this one.")
        private String id;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with the event.")
        private String reason;
    }

    public DeadLettersCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Desk desk = new Desk(data.folder, null);
        JsonNode answer = desk.ask(
                discard == null
                        ? DeskRequests.deadLetters(search.search(null, null), limit)
                        : DeskRequests.discard(Desk.id(discard.id), discard.reason));
        String text = discard == null
                ? new InboxPrinter(environment.console().style()).deadLetters(answer)
                : "✔ discarded " + answer.path("id").asText();
        environment.console().print(json ? answer.toPrettyString() : text);
        return 0;
    }
}
