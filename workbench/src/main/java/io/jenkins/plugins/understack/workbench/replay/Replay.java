package io.jenkins.plugins.understack.workbench.replay;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.understack.core.dispatch.Rehearsal;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Decision.Verdict;
import io.jenkins.plugins.understack.core.sensor.Sensor;
import io.jenkins.plugins.understack.workbench.replay.Recording.Recorded;
import io.jenkins.plugins.understack.workbench.replay.Recording.SensorStart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Shows recorded events to changed sensors, in order, and gathers where the starts differ. Nothing is started. One thread. */
public final class Replay {
    private final Rehearsal rehearsal;
    private final List<Difference> differences = new ArrayList<>();
    private int events;
    private int same;
    private int startsOfJobs;
    private int errors;

    public Replay(List<Sensor> sensors) {
        rehearsal = new Rehearsal(sensors);
    }

    public void show(Recorded recorded) {
        events++;
        startsOfJobs += recorded.startsOfJobs();
        List<Decision> decisions = rehearsal.show(recorded.event());
        errors += (int) decisions.stream().filter(decision -> decision.verdict() == Verdict.ERROR).count();
        compare(recorded, decisions);
    }

    private void compare(Recorded recorded, List<Decision> decisions) {
        List<SensorStart> before = new ArrayList<>(recorded.starts());
        List<SensorStart> after = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision.verdict() == Verdict.MATCH) {
                decision.starts().forEach(start -> after.add(new SensorStart(decision.sensor(), start.job(), start.parameters())));
            }
        }
        same += pair(before, after, SensorStart::equals).size();
        // A sensor with another name that does the same.
        same += pair(before, after, SensorStart::isSameBuild).size();
        Event event = recorded.event().withData(NullNode.getInstance());
        for (SensorStart[] changed : pair(before, after, (old, now) -> old.sensor().equals(now.sensor()))) {
            differences.add(new Difference(event, changed[0], changed[1], List.of()));
        }
        before.forEach(gone ->
                differences.add(new Difference(event, gone, null, against(gone.sensor(), decisions))));
        after.forEach(added -> differences.add(new Difference(event, null, added, List.of())));
    }

    /** Takes pairs that fit out of both lists. */
    private static List<SensorStart[]> pair(
            List<SensorStart> before, List<SensorStart> after, BiPredicate<SensorStart, SensorStart> fits) {
        List<SensorStart[]> pairs = new ArrayList<>();
        for (SensorStart old : List.copyOf(before)) {
            after.stream().filter(now -> fits.test(old, now)).findFirst().ifPresent(now -> {
                before.remove(old);
                after.remove(now);
                pairs.add(new SensorStart[] {old, now});
            });
        }
        return pairs;
    }

    private static List<Reason> against(String sensor, List<Decision> decisions) {
        return decisions.stream()
                .filter(decision -> decision.sensor().equals(sensor))
                .flatMap(decision -> decision.reasons().stream())
                .filter(reason -> reason.outcome() != Outcome.PASS)
                .toList();
    }

    /** In the order of the events. */
    public List<Difference> differences() {
        return differences;
    }

    /** How many events there were. */
    public int events() {
        return events;
    }

    /** How many starts are as they were. */
    public int same() {
        return same;
    }

    /** How many starts of triggers of jobs were left out. */
    public int startsOfJobs() {
        return startsOfJobs;
    }

    /** How many decisions of the changed sensors are errors. */
    public int errors() {
        return errors;
    }

    public long count(Difference.Change change) {
        return differences.stream().filter(difference -> difference.change() == change).count();
    }
}
