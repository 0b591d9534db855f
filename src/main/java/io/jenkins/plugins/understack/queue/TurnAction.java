package io.jenkins.plugins.understack.queue;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.AccessControlled;
import io.jenkins.plugins.understack.core.sensor.Start;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    private final String sensor;
    /** Digests: keys are event data, which do not belong into build.xml. */
    private final String serializeKey;
    private final String coalesceKey;
    /** Why a person is asked; null where nobody is. */
    private final String held;
    /** The events that this one took the place of, oldest first. */
    private final List<String> replaced;
    private volatile String approvedBy;

    /** @param held why a person is asked, or null */
    public TurnAction(String sensor, Start.Keys keys, String held, List<String> replaced) {
        this.sensor = sensor;
        this.serializeKey = digest(keys.serialize());
        this.coalesceKey = digest(keys.coalesce());
        this.held = held;
        this.replaced = new ArrayList<>(replaced);
    }

    private static String digest(String key) {
        try {
            return key == null
                    ? null
                    : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public String getHeld() {
        return held;
    }

    public List<String> getReplaced() {
        return List.copyOf(replaced);
    }

    /** For people. */
    public String getReplacedText() {
        return String.join(", ", replaced);
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

    /** Whether only one of the two may run at a time. */
    boolean excludes(TurnAction other) {
        return sensor.equals(other.sensor)
                && (serializeKey != null && serializeKey.equals(other.serializeKey)
                        || coalesceKey != null && coalesceKey.equals(other.coalesceKey));
    }

    /** Whether a newer start takes the place of this one while it waits. */
    public boolean isReplacedBy(String newSensor, Start.Keys keys) {
        return sensor.equals(newSensor) && coalesceKey != null && coalesceKey.equals(digest(keys.coalesce()));
    }

    /** For who may build the job. */
    @RequirePOST
    public HttpResponse doApprove(StaplerRequest2 req) {
        Queue.Item item = item(req);
        String user = Jenkins.getAuthentication2().getName();
        approvedBy = user;
        LOGGER.log(Level.INFO, "{0} approved the build of {1} that sensor \"{2}\" asked for", new Object[] {
            user, item.task.getFullDisplayName(), sensor
        });
        Queue.getInstance().save();
        Queue.getInstance().scheduleMaintenance();
        return HttpResponses.forwardToPreviousPage();
    }

    /** For who may build the job: whoever may approve may also refuse. */
    @RequirePOST
    public HttpResponse doDiscard(StaplerRequest2 req) {
        Queue.Item item = item(req);
        LOGGER.log(Level.INFO, "{0} discarded the build of {1} that sensor \"{2}\" asked for", new Object[] {
            Jenkins.getAuthentication2().getName(), item.task.getFullDisplayName(), sensor
        });
        Queue.getInstance().cancel(item);
        return HttpResponses.forwardToPreviousPage();
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
