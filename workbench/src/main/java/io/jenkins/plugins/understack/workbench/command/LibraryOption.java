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
            description = "The library of a site: its vars/*.groovy go before those of the plugin, as in Jenkins.")
    private Path folder;

    WorkflowLibrary load() throws CommandFailedException {
        if (folder == null) {
            return WorkflowLibrary.provided();
        }
        try {
            return WorkflowLibrary.provided().behind(WorkflowLibrary.of(folder.resolve("vars")));
        } catch (IOException e) {
            throw CommandFailedException.wrong("--library: " + folder.resolve("vars") + " cannot be read");
        }
    }
}
