package io.jenkins.plugins.understack.queue;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.AccessControlled;
import io.jenkins.plugins.understack.core.Digest;
import io.jenkins.plugins.understack.core.dispatch.StartLimits;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Count;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.sensor.Start;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Ancestor;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * When the build of a queue item may begin. Belongs to the item and later to its build. Reached at {@code
 * /queue/item/<id>/understack-turn/approve}.
 */
@Restricted(NoExternalUse.class)
public final class TurnAction implements Action, Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(TurnAction.class.getName());

    /** Of those that this one took the place of; a key whose events come all day long must not fill the disk. */
    private static final int MOST_REPLACED = 20;

    /** Tells it from all others; see {@link Start#sensorIdentity}. */
    private final String sensor;
    /** The id of the event, and which start of it this is, as a digest; null in builds of earlier versions. */
    private final String event;
    private final String start;
    /** Digests: keys are event data, which do not belong into build.xml. */
    private final String serializeKey;
    private final String coalesceKey;
    /** Why a person is asked; null where nobody is. */
    private final String held;
    /** The newest events that this one took the place of, oldest first, and their starts. */
    private final List<String> replaced;
    private List<String> replacedStarts;
    private int replacedCount;
    /** As what {@link StartLimits} counted it; milliseconds, 0 for none. */
    private final String limitKey;
    private final long limitMillis;
    private final long slotMillis;
    private volatile String approvedBy;
    /** Set before the item is cancelled. */
    private transient volatile Departure departure;

    /** Why an item has left the queue without a build. */
    public record Departure(Outcome.Kind kind, String why) {}

    /** @param start which start of which event this is; two with the same are one that was delivered twice */
    public TurnAction(String sensor, String event, String start, Start.Keys keys) {
        this(sensor, event, Digest.of(start), Digest.of(keys.serialize()), Digest.of(keys.coalesce()), null, Count.NONE, List.of());
    }

    private TurnAction(
            String sensor,
            String event,
            String start,
            String serializeKey,
            String coalesceKey,
            String held,
            Count count,
            List<TurnAction> replaced) {
        this.sensor = sensor;
        this.event = event;
        this.start = start;
        this.serializeKey = serializeKey;
        this.coalesceKey = coalesceKey;
        this.held = held;
        this.limitKey = count.limitKey();
        this.limitMillis = count.limit() == null ? 0 : count.limit().toEpochMilli();
        this.slotMillis = count.slot() == null ? 0 : count.slot().toEpochMilli();
        this.replaced = newest(replaced.stream().flatMap(turn -> Stream.concat(turn.replaced.stream(), Stream.of(turn.getEvent()))));
        this.replacedStarts = newest(replaced.stream()
                .flatMap(turn -> Stream.concat(turn.replacedStarts.stream(), Stream.ofNullable(turn.start))));
        this.replacedCount = replaced.stream().mapToInt(turn -> turn.replacedCount + 1).sum();
    }

    /**
     * @param reason why a person is asked, or null
     * @param others those that this one takes the place of, oldest first
     */
    public TurnAction with(String reason, Count count, List<TurnAction> others) {
        return new TurnAction(sensor, event, start, serializeKey, coalesceKey, reason, count, others);
    }

    /** To be called before the item is cancelled. */
    public void depart(Outcome.Kind kind, String why) {
        departure = new Departure(kind, why);
    }

    /** Why the item was cancelled, or null where nobody has said. */
    public Departure departure() {
        return departure;
    }

    private static List<String> newest(Stream<String> all) {
        List<String> list = all.toList();
        return new ArrayList<>(list.subList(Math.max(0, list.size() - MOST_REPLACED), list.size()));
    }

    /** Earlier versions kept less. */
    private Object readResolve() {
        if (replacedStarts == null) {
            replacedStarts = new ArrayList<>();
            replacedCount = replaced.size();
        }
        return this;
    }

    /** The id of the event. */
    public String getEvent() {
        return event == null ? "?" : event;
    }

    /** As what the start was counted. */
    public Count count() {
        return new Count(
                limitKey,
                limitMillis == 0 ? null : Instant.ofEpochMilli(limitMillis),
                slotMillis == 0 ? null : Instant.ofEpochMilli(slotMillis));
    }

    public String getHeld() {
        return held;
    }

    /** The newest of them. */
    public List<String> getReplaced() {
        return List.copyOf(replaced);
    }

    /** For people. */
    public String getReplacedText() {
        String ids = String.join(", ", replaced);
        return replacedCount > replaced.size() ? Messages.TurnAction_more(ids, replacedCount - replaced.size()) : ids;
    }

    /** The id of the user who let a held build begin, or null. */
    public String getApprovedBy() {
        return approvedBy;
    }

    public boolean isWaitingForApproval() {
        return held != null && approvedBy == null;
    }

    boolean hasKey() {
        return serializeKey != null || coalesceKey != null;
    }

    /** Of those that share one of these, only one may run at a time. */
    List<String> keys() {
        return Stream.of(key("serializeBy", serializeKey), key("coalesceBy", coalesceKey)).flatMap(List::stream).toList();
    }

    private List<String> key(String rule, String digest) {
        return digest == null ? List.of() : List.of(rule + "\n" + digest + "\n" + sensor);
    }

    /** Whether it can take the place of another. */
    public boolean coalesces() {
        return coalesceKey != null;
    }

    /** Whether {@code newer} takes the place of this one while it waits. */
    public boolean isReplacedBy(TurnAction newer) {
        return sensor.equals(newer.sensor) && coalesceKey != null && coalesceKey.equals(newer.coalesceKey);
    }

    /** Whether {@code other} is this start, or one that this one took the place of, delivered again. */
    public boolean hasSeen(TurnAction other) {
        return other.start != null && (other.start.equals(start) || replacedStarts.contains(other.start));
    }

    /** For who may build the job. 409 where it waits for approval no more. */
    @RequirePOST
    public HttpResponse doApprove(StaplerRequest2 req) {
        Queue.Item item = item(req);
        String user = Jenkins.getAuthentication2().getName();
        decide(item, now -> approvedBy = user);
        LOGGER.log(Level.INFO, "{0} approved the build of {1} that sensor \"{2}\" asked for", new Object[] {
            user, item.task.getFullDisplayName(), sensor.strip()
        });
        Queue.getInstance().save();
        Queue.getInstance().scheduleMaintenance();
        return HttpResponses.forwardToPreviousPage();
    }

    /** For who may build the job: whoever may approve may also refuse. 409 where it waits for approval no more. */
    @RequirePOST
    public HttpResponse doDiscard(StaplerRequest2 req) {
        Queue.Item item = item(req);
        decide(item, now -> {
            depart(Outcome.Kind.DISCARDED, "discarded by " + Jenkins.getAuthentication2().getName());
            Queue.getInstance().cancel(now);
        });
        LOGGER.log(Level.INFO, "{0} discarded the build of {1} that sensor \"{2}\" asked for", new Object[] {
            Jenkins.getAuthentication2().getName(), item.task.getFullDisplayName(), sensor.strip()
        });
        return HttpResponses.forwardToPreviousPage();
    }

    /** Of several people at the same moment, one decides. Jenkins also finds items that left the queue some minutes ago. */
    private void decide(Queue.Item item, Consumer<Queue.Item> decision) {
        Queue.withLock(() -> {
            Queue.Item now = Queue.getInstance().getItem(item.getId());
            if (now == null || now instanceof Queue.LeftItem || !isWaitingForApproval()) {
                throw HttpResponses.errorWithoutStack(409, Messages.TurnAction_decided());
            }
            decision.accept(now);
        });
    }

    private static Queue.Item item(StaplerRequest2 req) {
        Ancestor ancestor = req.findAncestor(Queue.Item.class);
        if (ancestor == null) {
            throw HttpResponses.notFound();
        }
        Queue.Item item = (Queue.Item) ancestor.getObject();
        if (!(item.task instanceof AccessControlled task) || !task.hasPermission(Item.READ)) {
            throw HttpResponses.notFound();
        }
        task.checkPermission(Item.BUILD);
        return item;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "understack-turn";
    }
}
