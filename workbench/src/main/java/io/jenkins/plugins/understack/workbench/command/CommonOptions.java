package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.config.ConfigurationException;
import io.jenkins.plugins.understack.workbench.config.ConfigurationFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command that reads a configuration. */
final class CommonOptions {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The YAML that Jenkins reads through Configuration as Code.")
    Path config;

    @Option(names = "--verbose", description = "Show what libraries log, and the stack trace of an error.")
    boolean verbose;

    ConfigurationFile load(Environment environment) throws ConfigurationException {
        return ConfigurationFile.load(config, environment.variables());
    }
}
