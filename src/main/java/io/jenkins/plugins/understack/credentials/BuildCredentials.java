package io.jenkins.plugins.understack.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.PayloadCipher;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Log-ins that one build may use until it ends. Each is a file of its own, encrypted with the key of this Jenkins, in {@code
 * understack/obm} of {@code JENKINS_HOME}: in one place, so that those of builds that died with the controller are found at its next
 * start without reading the directories of all builds. The build keeps only their names. Thread-safe.
 */
@Restricted(NoExternalUse.class)
public final class BuildCredentials {
    private static final Logger LOGGER = Logger.getLogger(BuildCredentials.class.getName());
    private static final String PREFIX = "understack-obm-";
    private static final Pattern ID = Pattern.compile(PREFIX + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final PayloadCipher CIPHER = new JenkinsCipher();

    private static volatile List<Path> earlier = List.of();

    private BuildCredentials() {}

    /**
     * Returns when it is on disk.
     *
     * @param description for people, without secrets
     * @return the id under which {@code withCredentials} of this build finds it
     */
    public static String add(Run<?, ?> run, String description, ObmCredential credential) throws IOException {
        String id = PREFIX + UUID.randomUUID();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("description", description).put("user", credential.user()).put("password", credential.password());
        Files.createDirectories(folder());
        try (AtomicFileWriter writer = new AtomicFileWriter(file(id), StandardCharsets.UTF_8)) {
            writer.write(CIPHER.encrypt(json.toString()));
            writer.commit();
        }
        synchronized (run) {
            BuildCredentialsAction action = run.getAction(BuildCredentialsAction.class);
            if (action == null) {
                action = new BuildCredentialsAction();
                run.addAction(action);
            }
            action.add(id);
        }
        run.save();
        return id;
    }

    /** Whether a text is the name of one, of whatever build and whether it is still there. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static boolean exists(String id) {
        return isId(id) && Files.exists(file(id));
    }

    /** Null where the build has no such log-in, or has ended. */
    static UsernamePasswordCredentialsImpl ofRun(Run<?, ?> run, String id) {
        if (!isId(id) || !ids(run).contains(id) || !run.isLogUpdated()) {
            return null;
        }
        try {
            JsonNode json = Json.OWN.readTree(CIPHER.decrypt(Files.readString(file(id))));
            return new UsernamePasswordCredentialsImpl(
                    CredentialsScope.GLOBAL,
                    id,
                    json.path("description").asText(),
                    json.path("user").asText(),
                    json.path("password").asText());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IllegalArgumentException | Descriptor.FormException e) {
            // What exactly is wrong with its content might be its content.
            LOGGER.log(Level.WARNING, "The credential {0} of {1} cannot be read: {2}", new Object[] {id, run, e.getClass().getName()});
            return null;
        }
    }

    private static List<String> ids(Run<?, ?> run) {
        BuildCredentialsAction action = run.getAction(BuildCredentialsAction.class);
        return action == null ? List.of() : action.ids();
    }

    private static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("understack").resolve("obm");
    }

    private static Path file(String id) {
        return folder().resolve(id);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be deleted. No build can use it any more; delete it by hand.");
        }
    }

    /** Before any build can run, so that none of a new build is among them. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
    public static void listEarlier() throws IOException {
        if (Files.exists(folder())) {
            try (Stream<Path> files = Files.list(folder())) {
                earlier = files.toList();
            }
        }
    }

    /** Deletes those from before the start whose builds do not run any more, which is the case after a crash. */
    private static void clean() throws IOException {
        if (earlier.isEmpty()) {
            return;
        }
        Set<String> used = new HashSet<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            if (execution.getOwner().getExecutable() instanceof Run<?, ?> run) {
                used.addAll(ids(run));
            }
        }
        earlier.stream().filter(file -> !used.contains(file.getFileName().toString())).forEach(BuildCredentials::delete);
        earlier = List.of();
    }

    /** When a build ends. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class End extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            ids(run).forEach(id -> delete(file(id)));
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            onFinalized(run);
        }
    }

    /** When Jenkins has started. In a thread of the timer, where Pipelines are resumed too. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class Start extends ItemListener {
        @Override
        public void onLoaded() {
            Timer.get().submit(() -> {
                try {
                    clean();
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "Credentials of builds that have ended cannot be deleted from " + folder());
                }
            });
        }
    }
}
