package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.util.function.UnaryOperator;

/** Where tests put something between the parts of a {@link Delivery}. */
record Seams(UnaryOperator<StateStore> store, UnaryOperator<BuildStarter> builds, UnaryOperator<EventSink> sink) {
    static final Seams NONE = new Seams(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
}
