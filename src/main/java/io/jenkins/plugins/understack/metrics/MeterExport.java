package io.jenkins.plugins.understack.metrics;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.micrometer.core.instrument.MeterRegistry;

/** Somebody who shows what is measured. */
public interface MeterExport extends ExtensionPoint {
    /** The same one each time. */
    MeterRegistry registry();

    static ExtensionList<MeterExport> all() {
        return ExtensionList.lookup(MeterExport.class);
    }
}
