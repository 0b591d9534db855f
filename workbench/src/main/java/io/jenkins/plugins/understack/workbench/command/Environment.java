package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.workbench.print.Console;
import java.util.Map;

/**
 * What a command has from outside.
 *
 * @param variables of the environment, for {@code ${NAME}} in configurations
 */
public record Environment(Console console, Map<String, String> variables) {}
