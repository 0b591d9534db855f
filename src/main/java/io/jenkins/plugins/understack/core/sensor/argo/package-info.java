/**
 * Filters and parameters of imported sensors, which behave as Argo Events 1.9 does, mistakes included. What is odd here is odd
 * there; the sentences in quotes are its own. New sensors use {@link io.jenkins.plugins.understack.core.sensor} alone.
 */
package io.jenkins.plugins.understack.core.sensor.argo;
