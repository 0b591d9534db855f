package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.inbox.PendingStart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which starts wait for their turn, are being tried, are queued or run: all that the starter keeps in memory. Thread-safe. */
final class Traffic {
    private final FlightLimits limits;
    private final Clock clock;
    private final Lanes lanes = new Lanes();
    private final Flight flight = new Flight();
    /** The one that is being tried, or null; it is in flight as well. */
    private Ticket tried;

    private boolean closed;

    Traffic(FlightLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    synchronized void clear() {
        lanes.clear();
    }

    synchronized void add(PendingStart start) {
        lanes.add(Ticket.of(start), clock.instant());
        notifyAll();
    }

    /** One that was queued before, or runs. */
    synchronized void fly(Ticket ticket) {
        flight.begin(ticket, clock.instant());
    }

    /** Waits for a start that may be tried; null at the end. */
    synchronized Ticket await(Duration longestRest) throws InterruptedException {
        while (!closed) {
            Ticket ticket = take();
            if (ticket != null) {
                return ticket;
            }
            wait(Math.max(1, lanes.untilDue(clock.instant(), this::hasRoom, longestRest).toMillis()));
        }
        return null;
    }

    /** A start that may be tried now, or null. Until {@link #tried} there is no other one. */
    synchronized Ticket take() {
        Ticket ticket = lanes.take(clock.instant(), this::hasRoom);
        if (ticket != null) {
            flight.begin(ticket, clock.instant());
            tried = ticket;
        }
        return ticket;
    }

    synchronized void tried() {
        tried = null;
        notifyAll();
    }

    /** One that was taken has left its lane for good; what is behind it may go. */
    synchronized void left(Ticket ticket) {
        lanes.left(ticket);
        notifyAll();
    }

    /** One that was taken waits in its lane again, until it is due. */
    synchronized void refuse(Ticket ticket) {
        flight.end(ticket.id());
        lanes.refuse(ticket);
        notifyAll();
    }

    synchronized void land(String id) {
        if (flight.end(id) != null) {
            notifyAll();
        }
    }

    /** Puts one into its lane again that was in flight; false where it is not, or is being tried at this moment. */
    synchronized boolean takeBack(PendingStart start) {
        if (tried != null && tried.id().equals(start.id()) || flight.end(start.id()) == null) {
            return false;
        }
        add(start);
        return true;
    }

    /** Whether nothing is being tried, and nothing may be at this moment. */
    synchronized boolean isIdle() {
        return tried == null && !lanes.isAnyDue(clock.instant(), this::hasRoom);
    }

    private boolean hasRoom(String sensor) {
        return flight.ofSensor(sensor) < limits.ofSensor(sensor);
    }

    /** Those that wait, are queued or run. */
    synchronized int ofSource(String source) {
        return lanes.ofSource(source) + flight.ofSource(source);
    }

    synchronized boolean isFlying(String id) {
        return flight.has(id);
    }

    /** Ids of those that are in flight since before {@code time}. */
    synchronized List<String> flyingSinceBefore(Instant time) {
        return flight.before(time);
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** False where it was closed meanwhile. */
    synchronized boolean rest(Duration time) throws InterruptedException {
        if (!closed) {
            wait(time.toMillis());
        }
        return !closed;
    }
}
