package io.jenkins.plugins.understack.metrics;

import com.codahale.metrics.MetricRegistry;
import hudson.Extension;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.core.instrument.dropwizard.DropwizardConfig;
import io.micrometer.core.instrument.dropwizard.DropwizardMeterRegistry;
import io.micrometer.core.instrument.util.HierarchicalNameMapper;
import jenkins.metrics.api.Metrics;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Among the metrics of Jenkins itself, where the plugin {@code metrics} is installed. Names have no tags there: these follow the name, for
 * example {@code understack.events.sent.event_name.ports.eventsource_name.ironic}. Who may see them is decided by that plugin.
 */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class MetricsPluginExport implements MeterExport {
    private final MeterRegistry registry = new Registry(Metrics.metricRegistry());

    private static final class Registry extends DropwizardMeterRegistry {
        Registry(MetricRegistry metrics) {
            super(new Defaults(), metrics, HierarchicalNameMapper.DEFAULT, Clock.SYSTEM);
            config().namingConvention(NamingConvention.identity);
        }

        @Override
        protected Double nullGaugeValue() {
            return Double.NaN;
        }
    }

    private static final class Defaults implements DropwizardConfig {
        @Override
        public String prefix() {
            return "understack";
        }

        @Override
        public String get(String key) {
            return null;
        }
    }

    @Override
    public MeterRegistry registry() {
        return registry;
    }
}
