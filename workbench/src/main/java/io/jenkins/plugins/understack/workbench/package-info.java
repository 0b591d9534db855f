/** The command line {@code understack}: the same core as in Jenkins, without Jenkins. */
package io.jenkins.plugins.understack.workbench;
