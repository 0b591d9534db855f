package io.jenkins.plugins.understack.core.sensor.correlation;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When waiting events are dropped ({@code conditionsReset[].byTime} in Argo Events).
 *
 * @param cron five fields: minute, hour, day of month, month, day of week
 * @param timezone IANA name, or null for UTC
 */
public record ConditionsReset(String cron, String timezone) {
    private static final ZonedDateTime AFTER_A_LEAP_DAY = ZonedDateTime.of(2028, 3, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** As many as there are in configurations. */
    private static final Map<String, ExecutionTime> SCHEDULES = new ConcurrentHashMap<>();

    public ConditionsReset {
        cron = Fields.required("cron", cron);
        timezone = Fields.optional(timezone);
        if (schedule(cron).lastExecution(AFTER_A_LEAP_DAY).isEmpty()) {
            throw new InvalidFieldException("cron", "\"" + cron + "\" never comes; expected a day that there is");
        }
        zone(timezone);
    }

    private static ExecutionTime schedule(String cron) {
        return SCHEDULES.computeIfAbsent(cron, ConditionsReset::parse);
    }

    private static ExecutionTime parse(String cron) {
        try {
            return ExecutionTime.forCron(
                    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron));
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    "cron", "\"" + cron + "\" is no schedule; expected minute, hour, day, month and day of week, such as 0 6 * * 1-5");
        }
    }

    private static ZoneId zone(String timezone) {
        try {
            return timezone == null ? ZoneOffset.UTC : ZoneId.of(timezone);
        } catch (DateTimeException e) {
            throw new InvalidFieldException("timezone", "\"" + timezone + "\" is unknown; expected a name such as Europe/London");
        }
    }

    /** The last reset at or before {@code now}; {@link Instant#MIN} where there never was one. */
    public Instant last(Instant now) {
        // The library looks strictly before.
        ZonedDateTime from = now.plusSeconds(1).atZone(zone(timezone));
        return schedule(cron).lastExecution(from).map(ZonedDateTime::toInstant).filter(last -> !last.isAfter(now)).orElse(Instant.MIN);
    }
}
