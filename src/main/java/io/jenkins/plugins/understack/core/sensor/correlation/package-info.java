/**
 * Sensors that need several events: which of them make a start together ({@code conditions}, {@code key}), for how long the first
 * ones wait ({@code within}, {@code conditionsReset}), and where they are kept meanwhile.
 */
package io.jenkins.plugins.understack.core.sensor.correlation;
