package io.jenkins.plugins.understack.core.redfish.update;

import io.jenkins.plugins.understack.core.http.Sleeper;
import io.jenkins.plugins.understack.core.redfish.LoginUnavailableException;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.RedfishSession;
import io.jenkins.plugins.understack.core.redfish.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One update of one BMC. Keeps its session between the phases; {@link #close} logs out. Another object of this class can follow
 * what this one began. Not thread-safe.
 */
public final class FirmwareUpdate implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(10);

    /** As long as a BMC can ask for; every attempt to hand over fetches and sends the whole image. */
    private static final Duration NEXT_UPLOAD = Duration.ofMinutes(2);

    private final Sessions sessions;
    private final Clock clock;
    private final Consumer<String> log;
    private RedfishSession session;
    private String leftOpen;

    /** @param log told in one line of what is done, also by threads of the HTTP client, never by two at once */
    public FirmwareUpdate(Sessions sessions, Clock clock, Consumer<String> log) {
        this.sessions = sessions;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Hands over the image and returns when the BMC has it, which may take many minutes; needs no more memory than a few buffers.
     *
     * @param targets paths of what shall be updated; empty lets the BMC find out
     * @param timeout for the upload and the update together
     * @return to be stored
     * @throws NotYetException where the BMC must be asked later: before anything was sent, or, minutes later, where it did not take the
     *     image now, as while another update runs
     */
    public UpdateTask upload(ImageFile image, List<String> targets, Duration timeout) throws RedfishException, InterruptedException {
        Instant deadline = clock.instant().plus(timeout);
        UpdateService service = new UpdateService(open());
        Map<String, String> before = service.versions();
        String task;
        try {
            task = service.push(image, targets, timeout, clock, log);
        } catch (NotYetException e) {
            throw new NotYetException(e.getMessage(), e.status(), clock.instant().plus(NEXT_UPLOAD));
        }
        log.accept("the BMC has the image; follows " + task);
        return new UpdateTask(task, deadline.toEpochMilli(), before);
    }

    /**
     * Asks once how it goes, and reads back the versions when it has ended. Where the BMC does not answer, has forgotten the session
     * or the task, or says that it is starting, it is asked again until the deadline: it restarts in the middle of most updates and
     * after some.
     *
     * @throws UpdateFailedException where the update has failed, with the BMC's messages, or has not ended by the deadline, or there
     *     is no longer anything to log in with
     */
    public UpdateProgress poll(UpdateTask task) throws UpdateFailedException, InterruptedException {
        Instant next = clock.instant().plus(POLL);
        TaskDocument document;
        try {
            document = ask(current -> document(current, task.path()));
        } catch (RedfishException e) {
            return waiting(task, "", e, next);
        }
        if (document.outcome() == TaskDocument.Outcome.BAD) {
            throw new UpdateFailedException("the update has failed: " + task.path() + " ended with " + document.state()
                    + (document.messages().isEmpty() ? "" : ": " + String.join(" ", document.messages())));
        }
        Map<String, String> changes = Map.of();
        if (document.outcome() != TaskDocument.Outcome.RUNNING) {
            try {
                changes = changes(task.before(), ask(current -> new UpdateService(current).versions()));
            } catch (RedfishException e) {
                return waiting(task, document.state() + ", but the versions cannot be read yet: ", e, next);
            }
        }
        // A service that is idle has not begun yet, or has restarted after it had done its work.
        boolean done = document.outcome() == TaskDocument.Outcome.GOOD || !changes.isEmpty();
        UpdateProgress progress = new UpdateProgress(document.state(), document.percent(), document.messages(), done, changes, next);
        if (!done) {
            checkDeadline(task, progress.toString());
        }
        return progress;
    }

    /** Dell's jobs have tasks of the same name; where they have not, they are found in the manager's own queue. */
    private static TaskDocument document(RedfishSession session, String path) throws RedfishException, InterruptedException {
        try {
            return TaskDocument.of(session.read(path));
        } catch (RedfishException e) {
            String id = path.substring(path.lastIndexOf('/') + 1);
            String queue = e.status() == 404 && id.startsWith("JID_") ? session.manager().link("/Links/Oem/Dell/Jobs") : null;
            if (queue == null) {
                throw e;
            }
            return TaskDocument.of(session.read(queue + "/" + id));
        }
    }

    private interface Question<T> {
        T in(RedfishSession session) throws RedfishException, InterruptedException;
    }

    private <T> T ask(Question<T> question) throws RedfishException, InterruptedException {
        boolean fresh = session == null;
        try {
            return question.in(open());
        } catch (RedfishException e) {
            if (e.status() != 401 || fresh) {
                throw e;
            }
            // A restart ends all sessions.
            session = null;
            log.accept("the session has ended; logs in again");
            return question.in(open());
        }
    }

    private UpdateProgress waiting(UpdateTask task, String prefix, RedfishException why, Instant next) throws UpdateFailedException {
        if (why instanceof LoginUnavailableException) {
            throw new UpdateFailedException("the update may go on, but can no longer be followed: " + why.getMessage());
        }
        checkDeadline(task, prefix + why.getMessage());
        Instant then = why instanceof NotYetException later && later.notBefore().isAfter(next) ? later.notBefore() : next;
        return new UpdateProgress(prefix + why.getMessage(), null, List.of(), false, Map.of(), then);
    }

    private void checkDeadline(UpdateTask task, String last) throws UpdateFailedException {
        if (!clock.instant().isBefore(task.deadline())) {
            throw new UpdateFailedException("the update has not ended in time: " + task.path() + " was waited for until "
                    + task.deadline() + "; the last was: " + last);
        }
    }

    private static Map<String, String> changes(Map<String, String> before, Map<String, String> after) {
        Map<String, String> changes = new TreeMap<>();
        after.forEach((component, version) -> {
            String old = before.get(component);
            if (!version.equals(old)) {
                changes.put(component, (old == null ? "none" : old) + " -> " + version);
            }
        });
        return changes;
    }

    /** {@link #poll} until it is done, for who has a thread to wait with. */
    public UpdateProgress follow(UpdateTask task, Sleeper sleeper) throws UpdateFailedException, InterruptedException {
        String told = "";
        UpdateProgress progress = poll(task);
        while (!progress.done()) {
            if (!progress.toString().equals(told)) {
                told = progress.toString();
                log.accept(told);
            }
            Duration wait = Duration.between(clock.instant(), progress.nextPoll());
            sleeper.sleep(wait.isNegative() ? Duration.ZERO : wait);
            progress = poll(task);
        }
        log.accept(progress.toString());
        return progress;
    }

    /**
     * Path of the session that is open, or null. To be stored after each phase: should the process die, its successor gives it to
     * {@link #endSession}.
     */
    public String session() {
        return session == null ? leftOpen : session.path();
    }

    /** @param path of a session that another process has left open; it is ended with the next log-in. May be null */
    public void endSession(String path) {
        leftOpen = path;
    }

    private RedfishSession open() throws RedfishException, InterruptedException {
        if (session == null) {
            session = sessions.open().logging(log);
        }
        if (leftOpen != null) {
            session.end(leftOpen);
            leftOpen = null;
        }
        return session;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
