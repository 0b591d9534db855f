/** From the YAML of Configuration as Code to the configuration of core; errors name file, line and field. */
package io.jenkins.plugins.understack.workbench.config;
