package io.jenkins.plugins.understack.workbench;

import io.jenkins.plugins.understack.workbench.command.DeadLettersCommand;
import io.jenkins.plugins.understack.workbench.command.DemoCommand;
import io.jenkins.plugins.understack.workbench.command.Environment;
import io.jenkins.plugins.understack.workbench.command.Errors;
import io.jenkins.plugins.understack.workbench.command.EventsCommand;
import io.jenkins.plugins.understack.workbench.command.ExplainCommand;
import io.jenkins.plugins.understack.workbench.command.ImportArgoCommand;
import io.jenkins.plugins.understack.workbench.command.ReplayCommand;
import io.jenkins.plugins.understack.workbench.command.RunCommand;
import io.jenkins.plugins.understack.workbench.command.SubmitCommand;
import io.jenkins.plugins.understack.workbench.command.Version;
import io.jenkins.plugins.understack.workbench.print.Console;
import io.jenkins.plugins.understack.workbench.print.Style;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;

/** The command line {@code understack}: UnderStack Workflows without Jenkins. */
@Command(
        name = "understack",
        description = "UnderStack Workflows without Jenkins: the same sources, sensors and workflows on your own machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "      check     Build and test everything; --require-plugin fails where Jenkins' artifacts cannot be fetched.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.",
            "Colour appears on a terminal only, and not when NO_COLOR is set."
        })
public final class Understack {
    private Understack() {}

    public static void main(String[] arguments) {
        Environment environment = new Environment(Console.ofProcess(System.getenv()), System.getenv());
        System.exit(execute(environment, arguments));
    }

    /** One command, as if started anew. Returns the exit code. */
    public static int execute(Environment environment, String... arguments) {
        Console console = environment.console();
        Errors errors = new Errors(console);
        CommandLine line = new CommandLine(new Understack())
                .addSubcommand(new DemoCommand(environment))
                .addSubcommand(new RunCommand(environment))
                .addSubcommand(new EventsCommand(environment))
                .addSubcommand(new DeadLettersCommand(environment))
                .addSubcommand(new ReplayCommand(environment))
                .addSubcommand(new ExplainCommand(environment))
                .addSubcommand(new SubmitCommand(environment))
                .addSubcommand(new ImportArgoCommand(environment))
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setColorScheme(Help.defaultColorScheme(
                        console.style() == Style.COLOUR ? Help.Ansi.ON : Help.Ansi.OFF))
                .setOut(new PrintWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8), true));
        if (arguments.length == 0) {
            line.usage(line.getOut());
            return CommandLine.ExitCode.OK;
        }
        return line.execute(arguments);
    }
}
