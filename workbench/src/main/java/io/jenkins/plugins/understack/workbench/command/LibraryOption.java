package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.cps.WorkflowLibrary;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which workflows there are. */
final class LibraryOption {
    @Option(
            names = "--library",
            paramLabel = "DIR",
            description = "A shared library whose vars/*.groovy are used instead of those of the plugin.")
    private Path folder;

    WorkflowLibrary load() throws CommandFailedException {
        if (folder == null) {
            return WorkflowLibrary.provided();
        }
        try {
            return WorkflowLibrary.of(folder.resolve("vars"));
        } catch (IOException e) {
            throw CommandFailedException.wrong("--library: " + folder.resolve("vars") + " cannot be read");
        }
    }
}
