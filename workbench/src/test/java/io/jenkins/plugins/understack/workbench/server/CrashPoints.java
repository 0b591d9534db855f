package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.dispatch.BuildStarter;
import io.jenkins.plugins.understack.core.dispatch.StartOutcome;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends this process at once, as kill -9 does, when a point of the path of an event is reached for the nth time. */
final class CrashPoints {
    static final String PROPERTY = "understack.crash";

    /** In the order of the path. */
    enum Point {
        /** The event and its start are about to be written. */
        BEFORE_STORE,
        /** They are on disk, and the broker has not heard of it. */
        AFTER_STORE,
        /** The broker has heard of earlier ones at least; the run does not exist. */
        BEFORE_RUN,
        /** The run exists and may have begun; the inbox does not know. */
        AFTER_RUN,
        /** The run exists, and the inbox is writing that it does. */
        BEFORE_SETTLE
    }

    private final Point point;
    private final AtomicInteger left;

    /** @param setting {@code POINT:nth}, or null for none */
    CrashPoints(String setting) {
        this.point = setting == null ? null : Point.valueOf(setting.split(":")[0]);
        this.left = new AtomicInteger(setting == null ? 0 : Integer.parseInt(setting.split(":")[1]));
    }

    private void reached(Point where) {
        if (where == point && left.decrementAndGet() == 0) {
            // Neither hooks nor finally; like SIGKILL, but at this very instruction.
            Runtime.getRuntime().halt(137);
        }
    }

    Seams seams() {
        return new Seams(this::store, this::builds, this::sink);
    }

    private StateStore store(StateStore store) {
        return new StateStore() {
            @Override
            public StateMap map(String name) {
                return switch (name) {
                    case "events" -> reachedByPut(store.map(name), Point.BEFORE_STORE);
                    case "outcomes" -> reachedByPut(store.map(name), Point.BEFORE_SETTLE);
                    default -> store.map(name);
                };
            }

            @Override
            public CompletableFuture<Void> write(Runnable changes) {
                return store.write(changes);
            }

            @Override
            public String problem() {
                return store.problem();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    private StateMap reachedByPut(StateMap map, Point where) {
        return (StateMap) Proxy.newProxyInstance(StateMap.class.getClassLoader(), new Class<?>[] {StateMap.class}, (self, method, arguments) -> {
            try {
                Object result = method.invoke(map, arguments);
                if (method.getName().equals("put")) {
                    reached(where);
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private BuildStarter builds(BuildStarter builds) {
        return new BuildStarter() {
            @Override
            public StartOutcome start(Event event, PendingStart start) {
                reached(Point.BEFORE_RUN);
                StartOutcome outcome = builds.start(event, start);
                reached(Point.AFTER_RUN);
                return outcome;
            }

            @Override
            public Map<String, StartOutcome> find(List<PendingStart> starts) {
                return builds.find(starts);
            }
        };
    }

    private EventSink sink(EventSink sink) {
        return new EventSink() {
            @Override
            public CompletableFuture<Void> accept(Event event) {
                return sink.accept(event).whenComplete((done, failure) -> reached(Point.AFTER_STORE));
            }

            @Override
            public CompletableFuture<Void> bury(UnreadableMessage message) {
                return sink.bury(message);
            }
        };
    }
}
