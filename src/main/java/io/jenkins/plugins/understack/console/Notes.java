package io.jenkins.plugins.understack.console;

import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;

/** What an action has done, told on the page that is shown next; of one user's session. */
final class Notes {
    private static final String KEY = Notes.class.getName();
    private static final int MOST = 20;

    private Notes() {}

    static void tell(StaplerRequest2 request, List<String> lines) {
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(MOST, lines.size())));
        if (lines.size() > MOST) {
            shown.add(Messages.Notes_more(lines.size() - MOST));
        }
        request.getSession().setAttribute(KEY, shown);
    }

    /** Once. */
    static List<String> take(StaplerRequest2 request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(KEY) instanceof List<?> lines)) {
            return List.of();
        }
        session.removeAttribute(KEY);
        return lines.stream().map(String.class::cast).toList();
    }
}
