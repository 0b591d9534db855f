/** Everything that works while {@code understack run} runs. */
package io.jenkins.plugins.understack.workbench.server;
