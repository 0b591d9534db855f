package io.jenkins.plugins.understack.console;

import hudson.ExtensionList;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.inbox.InboxReader;
import io.jenkins.plugins.understack.core.inbox.Search;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;

/** A page below {@link UnderstackConsole}; one object for one request. */
@Restricted(NoExternalUse.class)
public abstract class InboxPage implements StaplerProxy {
    /** What a person may want to read on one page. */
    static final int SIZE = 50;

    private String problem;

    @Override
    public final Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        return this;
    }

    static InboxReader reader() {
        return Understack.get().inbox().reader();
    }

    /** What {@code work} reads from the inbox; 503 where it cannot be read. */
    static <T> T read(Function<InboxReader, T> work) {
        try {
            return work.apply(reader());
        } catch (UncheckedIOException e) {
            throw HttpResponses.errorWithoutStack(503, Messages.InboxPage_notReadable(e.getCause().getMessage()));
        }
    }

    /** What {@code work} reads from the inbox; {@code otherwise}, and a {@link #getProblem}, where it cannot be read. */
    final <T> T readable(Function<InboxReader, T> work, T otherwise) {
        try {
            return work.apply(reader());
        } catch (UncheckedIOException e) {
            problem = e.getCause().getMessage();
            return otherwise;
        }
    }

    /** A place in the inbox that was asked for; null for the beginning, 400 for what can be none. */
    static String place(String name, String text, Predicate<String> valid) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!valid.test(text)) {
            throw HttpResponses.errorWithoutStack(400, Messages.InboxPage_place(name));
        }
        return text;
    }

    /** What a request looks for, by parameters with the names of its components; 400 for what cannot be. */
    static Search search(StaplerRequest2 request) {
        try {
            return Search.of(request::getParameter);
        } catch (InvalidFieldException e) {
            throw HttpResponses.errorWithoutStack(400, e.getMessage());
        }
    }

    /** The query that goes on with a search. @param place where; null for the newest */
    static String query(Search search, String place) {
        Map<String, String> all = new LinkedHashMap<>();
        if (place != null) {
            all.put("before", place);
        }
        all.putAll(search.parameters());
        return "?" + all.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** For the form. */
    public final List<String> getStates() {
        return Search.STATES;
    }

    /** Why the inbox cannot be used, or null. */
    public final String getProblem() {
        return problem == null ? Understack.get().inbox().problem() : problem;
    }

    /** What was done by the action that led here. */
    public final List<String> getNotes() {
        return Notes.take(Stapler.getCurrentRequest2());
    }

    /** Whether the current user may act, and see data. */
    public final boolean isDecidable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Has what all pages share. */
    public final UnderstackConsole getConsole() {
        return ExtensionList.lookupSingleton(UnderstackConsole.class);
    }
}
