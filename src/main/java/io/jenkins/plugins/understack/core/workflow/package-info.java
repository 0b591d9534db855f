/** Workflows as people and programs see them, whoever ran them: their tree of steps. */
package io.jenkins.plugins.understack.core.workflow;
