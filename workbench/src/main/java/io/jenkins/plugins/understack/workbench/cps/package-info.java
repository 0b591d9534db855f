/** Workflows of the shared library under Jenkins' own interpreter, groovy-cps, and the steps they call. */
package io.jenkins.plugins.understack.workbench.cps;
