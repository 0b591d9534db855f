package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.sensor.SensorProgram;
import java.util.function.Function;
import java.util.function.Supplier;

/** How many starts may be in flight at once. Asked each time, with the lock of the starter: quick, and waits for nothing. */
public interface FlightLimits {
    FlightLimits NONE = new FlightLimits() {
        @Override
        public int ofSensor(String identity) {
            return Integer.MAX_VALUE;
        }

        @Override
        public int ofSource(String source) {
            return Integer.MAX_VALUE;
        }
    };

    /**
     * Of starts that are queued or run.
     *
     * @param identity {@link io.jenkins.plugins.understack.core.sensor.Start#sensorIdentity}
     */
    int ofSensor(String identity);

    /** Of starts that wait in the inbox, are queued or run. */
    int ofSource(String source);

    /**
     * As configured at this moment.
     *
     * @param sensors by their identity; null for one that is gone
     */
    static FlightLimits of(Supplier<Configuration> configuration, Function<String, SensorProgram> sensors) {
        return new FlightLimits() {
            @Override
            public int ofSensor(String identity) {
                SensorProgram program = sensors.apply(identity);
                return orNone(program == null ? null : program.sensor().rules().inFlight());
            }

            @Override
            public int ofSource(String source) {
                return orNone(configuration.get().rulesOf(source).inFlight());
            }
        };
    }

    private static int orNone(Integer limit) {
        return limit == null ? Integer.MAX_VALUE : limit;
    }
}
