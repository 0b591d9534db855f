package io.jenkins.plugins.understack.core.sensor.correlation;

import java.util.Set;

/**
 * What an event means to a sensor that needs several.
 *
 * @param key which events it comes together with; empty where the sensor has no key
 * @param dependencies the names of those that the event fulfils
 */
public record Join(String key, Set<String> dependencies) {
    public Join {
        dependencies = Set.copyOf(dependencies);
    }
}
