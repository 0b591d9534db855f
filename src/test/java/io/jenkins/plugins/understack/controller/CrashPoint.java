package io.jenkins.plugins.understack.controller;

import hudson.model.Action;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxTap;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Where a controller ends at once, as by kill -9. In the order of the path of an event. */
enum CrashPoint {
    /** The event and its start are about to be written. */
    BEFORE_STORE {
        @Override
        void hook(Runnable reached) throws Exception {
            onPut("events", reached);
        }
    },
    /** They are on disk, and the broker has not heard of it. */
    AFTER_STORE {
        @Override
        @SuppressWarnings("unchecked")
        void hook(Runnable reached) throws Exception {
            Inbox inbox = Understack.get().inbox();
            Field field = Inbox.class.getDeclaredField("starter");
            field.setAccessible(true);
            Consumer<List<PendingStart>> starter = (Consumer<List<PendingStart>>) field.get(inbox);
            inbox.onStarts(starts -> {
                reached.run();
                starter.accept(starts);
            });
        }
    },
    /** The broker has heard of earlier ones at least; the build is about to be queued. */
    BEFORE_QUEUE {
        @Override
        void hook(Runnable reached) {
            Queue.QueueDecisionHandler.all().add(new Queue.QueueDecisionHandler() {
                @Override
                public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
                    reached.run();
                    return true;
                }
            });
        }
    },
    /** The build has left the queue, and has no run yet. */
    LEFT_QUEUE {
        @Override
        void hook(Runnable reached) {
            QueueListener.all().add(new QueueListener() {
                @Override
                public void onLeft(Queue.LeftItem item) {
                    reached.run();
                }
            });
        }
    },
    /** The run exists; perhaps it is on disk already. */
    RUN_EXISTS {
        @Override
        void hook(Runnable reached) {
            RunListener.all().add(new RunListener<Run<?, ?>>() {
                @Override
                public void onInitialize(Run<?, ?> run) {
                    reached.run();
                }
            });
        }
    },
    /** The run is on disk, and the inbox is writing that it is. */
    BEFORE_SETTLE {
        @Override
        void hook(Runnable reached) throws Exception {
            onPut("outcomes", reached);
        }
    },
    /** The inbox knows of some of the runs that have ended. */
    RUN_ENDED {
        @Override
        void hook(Runnable reached) {
            RunListener.all().add(new RunListener<Run<?, ?>>() {
                @Override
                public void onFinalized(Run<?, ?> run) {
                    reached.run();
                }
            });
        }
    };

    abstract void hook(Runnable reached) throws Exception;

    /** In the controller: it ends when this point is reached for the nth time. */
    void arm(int nth) throws Exception {
        AtomicInteger left = new AtomicInteger(nth);
        hook(() -> {
            if (left.decrementAndGet() == 0) {
                // Neither hooks nor finally; like SIGKILL, but at this very instruction.
                Runtime.getRuntime().halt(137);
            }
        });
    }

    private static void onPut(String wanted, Runnable reached) throws Exception {
        InboxTap.on(Understack.get().inbox(), (map, method) -> {
            if (map.equals(wanted) && method.equals("put")) {
                reached.run();
            }
        });
    }
}
