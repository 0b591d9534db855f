/** What is counted and timed, as Micrometer's meters: for monitoring, and for the figures of pages. */
package io.jenkins.plugins.understack.core.metrics;
