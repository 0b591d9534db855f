package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.demo.Demo;
import io.jenkins.plugins.understack.workbench.print.Console;
import io.jenkins.plugins.understack.workbench.print.ConsoleLog;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code understack demo}. */
@Command(
        name = "demo",
        description = "Show a RabbitMQ message and a webhook starting workflows, and all workflows of the library, simulated on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DemoCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(names = "--verbose", description = "Show what libraries log, and the stack trace of an error.")
    private boolean verbose;

    public DemoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Console console = environment.console();
        ConsoleLog.install(console, verbose);
        long start = System.nanoTime();
        Story story = new Story(console);
        List<String> unmet = new Demo(console, story, story).play();
        if (!unmet.isEmpty()) {
            throw CommandFailedException.failed("the demo did not show: " + String.join("; ", unmet));
        }
        console.print("\n" + console.style().good("✔ All as expected") + ": 4 events, 2 workflows that they started, 1 forged webhook refused, 6 workflows by hand, in "
                + (System.nanoTime() - start) / 1_000_000_000 + " s");
        return 0;
    }
}
