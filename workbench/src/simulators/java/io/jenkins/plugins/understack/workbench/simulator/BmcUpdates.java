package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The update service of a {@link BmcSimulator}: one update at a time, whose task is New for a fifth of the time that it takes and
 * Running until its end. What it installs and how it ends is set beforehand.
 */
final class BmcUpdates {
    private static final String SERVICE = BmcResources.ROOT + "/UpdateService";
    static final String TASKS = BmcResources.ROOT + "/TaskService/Tasks";

    private final BmcKind kind;
    private final BmcResources resources;
    private final Clock clock;
    private Duration takes = Duration.ofMinutes(2);
    private Duration down = Duration.ZERO;
    private Duration busy = Duration.ZERO;
    private String error;
    private String errorState;
    private String component = "BIOS";
    private String version = "2.0.0";
    private boolean onlyJobs;
    private boolean onlyState;
    private int number;
    private String task;
    private Instant begun;
    private boolean ended = true;

    BmcUpdates(BmcKind kind, BmcResources resources, Clock clock) {
        this.kind = kind;
        this.resources = resources;
        this.clock = clock;
        offer(Set.of(BmcSimulator.Push.values()));
    }

    synchronized void offer(Set<BmcSimulator.Push> pushes) {
        ObjectNode service = resources.get(SERVICE);
        service.remove("MultipartHttpPushUri");
        service.remove("HttpPushUri");
        service.remove("Actions");
        if (pushes.contains(BmcSimulator.Push.MULTIPART)) {
            service.put("MultipartHttpPushUri", SERVICE + "/MultipartUpload");
        }
        if (pushes.contains(BmcSimulator.Push.SIMPLE)) {
            ObjectNode action = service.putObject("Actions").putObject("#UpdateService.SimpleUpdate");
            action.put("target", SERVICE + "/Actions/UpdateService.SimpleUpdate" + kind.slash);
            action.putArray("TransferProtocol@Redfish.AllowableValues").add("HTTP").add("HTTPS");
        }
        if (pushes.contains(BmcSimulator.Push.HTTP)) {
            service.put("HttpPushUri", kind == BmcKind.ILO ? BmcHandlers.ILO_UPLOAD : SERVICE + "/Upload");
            if (kind != BmcKind.ILO) {
                service.putArray("HttpPushUriTargets");
            }
        }
        resources.put(SERVICE, service);
    }

    /** Tells how updates go in the service itself and has no tasks. */
    synchronized void onlyState() {
        onlyState = true;
        state("Idle", 0);
    }

    private void state(String state, int percent) {
        ObjectNode change = BmcResources.JSON.createObjectNode();
        change.putObject("Oem").putObject(kind.oem).put("State", state).put("FlashProgressPercent", percent);
        resources.merge(SERVICE, change);
    }

    synchronized void installs(String newComponent, String newVersion, Duration duration) {
        component = newComponent;
        version = newVersion;
        takes = duration;
    }

    synchronized void fails(String state, String message) {
        errorState = state;
        error = message;
    }

    synchronized void onlyJobs() {
        onlyJobs = true;
    }

    /** After half of the time; see {@link BmcSimulator#restartsDuringUpdates}. */
    synchronized void restarts(Duration newDown, Duration newBusy) {
        down = newDown;
        busy = newBusy;
    }

    /** Path of the task, as the BMC answers it, or null: iDRAC's are named like its jobs. */
    synchronized String begin() {
        number++;
        task = TASKS + "/" + (kind == BmcKind.IDRAC ? "JID_" + (478_000_000_000L + number) : Integer.toString(number));
        begun = clock.instant();
        ended = false;
        return onlyState ? null : task + kind.slash;
    }

    /** Whether the BMC cannot be reached at present. */
    synchronized boolean isDown() {
        return within(restart(), restart().plus(down));
    }

    /** Whether it answers 503 at present. */
    synchronized boolean isBusy() {
        return within(restart().plus(down), restart().plus(down).plus(busy));
    }

    /** Whether it has restarted in the update of this number, counted from 1. */
    synchronized int restarted() {
        return task == null || down.plus(busy).isZero() || clock.instant().isBefore(begun.plus(restart())) ? number - 1 : number;
    }

    private Duration restart() {
        return takes.dividedBy(2);
    }

    private boolean within(Duration from, Duration to) {
        Instant now = clock.instant();
        return task != null && !now.isBefore(begun.plus(from)) && now.isBefore(begun.plus(to));
    }

    /** Brings the task's document to the present. */
    synchronized void follow() {
        if (ended) {
            return;
        }
        Duration passed = Duration.between(begun, clock.instant());
        boolean over = passed.compareTo(takes) >= 0;
        int percent = over ? 100 : (int) (passed.toMillis() * 100 / takes.toMillis());
        String state = over ? error == null ? "Completed" : errorState : percent < 20 ? "New" : "Running";
        ObjectNode document = BmcResources.JSON.createObjectNode();
        document.put("Id", task.substring(task.lastIndexOf('/') + 1)).put("Name", "Update").put("TaskState", state);
        document.put("TaskStatus", over && error != null ? "Critical" : "OK").put("PercentComplete", percent);
        ObjectNode message = document.putArray("Messages").addObject();
        message.put("Message", over && error != null ? error : "The update is " + state + ".");
        if (onlyState) {
            // iLO is idle for a moment, and again when it has restarted.
            boolean idle = percent == 0 || state.equals("Completed") && restarted() == number;
            String end = state.equals("Completed") ? "Complete" : "Error";
            state(idle ? "Idle" : over ? end : "Writing", percent);
        } else if (onlyJobs) {
            document.set("JobState", document.remove("TaskState"));
            document.put("Message", document.remove("Messages").path(0).path("Message").asText());
            resources.put(kind.managerPath() + "/Oem/Dell/Jobs/" + document.path("Id").asText(), document);
        } else {
            resources.put(task, document);
        }
        if (over) {
            ended = true;
            if (error == null) {
                resources.inventory(component, version);
            }
        }
    }
}
