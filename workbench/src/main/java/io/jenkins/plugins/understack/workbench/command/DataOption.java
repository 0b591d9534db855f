package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the inbox is. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "understack-data",
            description = "Folder of the inbox and of the runs (default: understack-data in the current folder).")
    Path folder;

    DataFolder open() throws CommandFailedException {
        try {
            return DataFolder.open(folder);
        } catch (DataFolder.InUseException e) {
            throw CommandFailedException.wrong("--data: " + e.getMessage() + "; choose another folder with --data");
        } catch (IOException e) {
            throw CommandFailedException.failed("--data: " + folder + " cannot be used: " + e);
        }
    }
}
