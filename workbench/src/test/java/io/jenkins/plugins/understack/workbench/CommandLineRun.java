package io.jenkins.plugins.understack.workbench;

import io.jenkins.plugins.understack.workbench.command.Environment;
import io.jenkins.plugins.understack.workbench.print.Console;
import io.jenkins.plugins.understack.workbench.print.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One call of the command line in this process, and what it wrote. */
public record CommandLineRun(int exitCode, String out, String err) {
    public static CommandLineRun of(Map<String, String> variables, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), Style.PLAIN);
        int exitCode = Understack.execute(new Environment(console, variables), arguments);
        return new CommandLineRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
