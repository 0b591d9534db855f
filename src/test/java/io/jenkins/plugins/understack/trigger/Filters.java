package io.jenkins.plugins.understack.trigger;

import io.jenkins.plugins.understack.config.FilterConfig;
import java.util.List;

/** Filters in one line. */
final class Filters {
    private Filters() {}

    static FilterConfig of(String path, List<String> values) {
        FilterConfig filter = new FilterConfig(path);
        filter.setValue(values);
        return filter;
    }
}
