package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.config.ConfigurationException;
import io.jenkins.plugins.understack.workbench.print.Console;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Every error is one line on standard error; with {@code --verbose} the stack trace follows. */
public final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private final Console console;

    public Errors(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        boolean expected = error instanceof ConfigurationException || error instanceof CommandFailedException;
        console.complain("understack: " + (expected ? error.getMessage() : "internal error: " + error + "; --verbose shows where"));
        if (parsed.expandedArgs().contains("--verbose")) {
            console.complain(error);
        }
        if (error instanceof CommandFailedException failure) {
            return failure.exitCode();
        }
        return error instanceof ConfigurationException ? WRONG : FAILED;
    }

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        String message = error.getMessage().lines().findFirst().orElse("wrong usage");
        console.complain("understack: " + message + "; see "
                + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return WRONG;
    }
}
