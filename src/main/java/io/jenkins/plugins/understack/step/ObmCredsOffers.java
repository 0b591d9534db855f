package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.credentials.ObmPermissions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The log-ins of BMCs that a build offers to show, on a page of the build for those with {@link ObmPermissions#SHOW}. Knows only which
 * devices: the value is looked up when somebody asks for it, with the rights of the build, and is in that one answer only. Who was
 * shown or refused what is in the log of Jenkins.
 */
@Restricted(NoExternalUse.class)
public final class ObmCredsOffers implements RunAction2, StaplerProxy {
    static final String URL = "obm-credentials";

    private static final Logger LOGGER = Logger.getLogger(ObmCredsOffers.class.getName());

    /** Tests set it. */
    static volatile Clock clock = Clock.systemUTC();

    /** Replaced, not changed, since the build may be stored at any time. */
    private volatile List<ObmCredsOffer> offers = new ArrayList<>();

    private transient Run<?, ?> run;

    /** @param after the end of the build, how long it is still shown */
    static void add(Run<?, ?> run, ObmLookup lookup, Duration after) throws IOException {
        synchronized (run) {
            ObmCredsOffers action = run.getAction(ObmCredsOffers.class);
            if (action == null) {
                action = new ObmCredsOffers();
                run.addAction(action);
            }
            List<ObmCredsOffer> more = new ArrayList<>(action.offers);
            more.add(new ObmCredsOffer(lookup, after));
            action.offers = more;
        }
        run.save();
    }

    /** Nobody else gets any further, and a refusal is logged, whatever was asked for. */
    @Override
    public Object getTarget() {
        if (run == null || !run.hasPermission(Item.READ)) {
            throw HttpResponses.notFound();
        }
        if (!run.hasPermission(ObmPermissions.SHOW)) {
            log("was refused the credentials that " + run + " offers: has no permission " + ObmPermissions.SHOW.name);
            run.checkPermission(ObmPermissions.SHOW);
        }
        return this;
    }

    /** The value, in the answer to this one request. 404 where nothing such is offered, 410 when it is over, 409 where there is no value. */
    @RequirePOST
    public HttpResponse doShow(StaplerResponse2 response, @QueryParameter String offer) throws InterruptedException {
        run.checkPermission(ObmPermissions.SHOW);
        List<ObmCredsOffer> all = getOffers();
        ObmCredsOffer chosen = IntStream.range(0, all.size())
                .filter(index -> String.valueOf(index).equals(offer))
                .mapToObj(all::get)
                .findFirst()
                .orElseThrow(HttpResponses::notFound);
        String what = "the credentials of " + chosen.getDevice() + ", offered by " + run;
        if (isOver(chosen)) {
            Instant until = until(chosen);
            log("was refused " + what + ": it was over at " + until);
            throw HttpResponses.errorWithoutStack(410, Messages.ObmCredsOffers_over(until));
        }
        ObmCredential credential = find(chosen.lookup(), what);
        log("was shown " + what);
        response.setHeader("Cache-Control", "no-store");
        return HttpResponses.forwardToView(new ShownObmCreds(run, chosen.getDevice(), credential), "index");
    }

    private ObmCredential find(ObmLookup lookup, String what) throws InterruptedException {
        String why;
        try (ACLContext ignored = ACL.as2(run.getParent() instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2)) {
            return lookup.find(run);
        } catch (AbortException e) {
            why = e.getMessage();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "A provider of credentials failed");
            why = "failed: " + e.getClass().getSimpleName() + "; the log of Jenkins has the details";
        }
        log("was refused " + what + ": " + why);
        throw HttpResponses.errorWithoutStack(409, why);
    }

    /** A device's name comes from outside: it must not begin another line. */
    private static void log(String what) {
        LOGGER.log(Level.INFO, "{0} {1}", new Object[] {Jenkins.getAuthentication2().getName(), what.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ")});
    }

    /** In the order of the build; the page names them by their place. */
    public List<ObmCredsOffer> getOffers() {
        return List.copyOf(offers);
    }

    /** Null while the build runs. */
    public Instant until(ObmCredsOffer offer) {
        return run.isBuilding() ? null : offer.until(Instant.ofEpochMilli(run.getStartTimeInMillis() + run.getDuration()));
    }

    public boolean isOver(ObmCredsOffer offer) {
        Instant until = until(offer);
        return until != null && clock.instant().isAfter(until);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    /** The link is for those who get somewhere by it. */
    @Override
    public String getIconFileName() {
        return run != null && run.hasPermission(ObmPermissions.SHOW) ? "symbol-key" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ObmCredsOffers_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
