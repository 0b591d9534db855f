/** The commands, one class each, and what they share: options, errors, exit codes. */
package io.jenkins.plugins.understack.workbench.command;
