/** The data folder of {@code understack run}: its inbox, its runs, and what commands ask of them. */
package io.jenkins.plugins.understack.workbench.inbox;
