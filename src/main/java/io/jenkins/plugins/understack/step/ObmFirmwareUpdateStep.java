package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.update.FirmwareImage;
import io.jenkins.plugins.understack.core.redfish.update.FirmwareUpdate;
import io.jenkins.plugins.understack.core.redfish.update.ImageFile;
import io.jenkins.plugins.understack.core.redfish.update.UpdateFailedException;
import io.jenkins.plugins.understack.core.redfish.update.UpdateProgress;
import io.jenkins.plugins.understack.core.redfish.update.UpdateTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code obmFirmwareUpdate(hostname: …, url: …, sha256: …)}: fetches an image, checks it, gives it to the BMC and follows the update to its
 * end. Returns how it ended and the versions that have changed. An update that the BMC has begun is followed further after a restart of Jenkins.
 */
public final class ObmFirmwareUpdateStep extends BmcStep {
    private static final Duration TIMEOUT = Duration.ofHours(2);

    private final String url;
    private final String sha256;
    private List<String> targets = List.of();

    @DataBoundConstructor
    public ObmFirmwareUpdateStep(String url, String sha256) {
        this.url = url;
        this.sha256 = sha256;
    }

    public String getUrl() {
        return url;
    }

    public String getSha256() {
        return sha256;
    }

    /** Paths of what shall be updated; empty lets the BMC find out. */
    public List<String> getTargets() {
        return targets;
    }

    @DataBoundSetter
    public void setTargets(List<String> targets) {
        this.targets = targets == null ? List.of() : List.copyOf(targets);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            FirmwareImage.of(url, sha256);
        } catch (InvalidFieldException e) {
            throw new AbortException("obmFirmwareUpdate: " + e.getMessage());
        }
        return new Execution(context, target("obmFirmwareUpdate"), timeout(TIMEOUT), url, sha256, targets);
    }

    private static final class Execution extends BmcExecution {
        private static final long serialVersionUID = 1L;

        private final String url;
        private final String sha256;
        private final ArrayList<String> targets;
        /** Once the BMC has begun, what it has begun. */
        private volatile String task;
        private volatile String session;
        private transient FirmwareUpdate update;

        Execution(StepContext context, BmcTarget target, Duration timeout, String url, String sha256, List<String> targets) {
            super(context, target, timeout);
            this.url = url;
            this.sha256 = sha256;
            this.targets = new ArrayList<>(targets);
        }

        @Override
        void restarted() {
            log(task == null ? "Jenkins was restarted before the BMC had the image; begins anew" : "goes on after a restart of Jenkins");
        }

        @Override
        synchronized Turn turn(BmcTarget.Reached bmc)
                throws RedfishException, UpdateFailedException, IOException, InterruptedException {
            if (update == null) {
                update = new FirmwareUpdate(bmc.sessions(), Clock.systemUTC(), this::log);
                update.endSession(session);
            }
            try {
                if (task == null) {
                    // Without a log-in, or of a BMC that is away, the image would be fetched in vain.
                    bmc.client().root();
                    bmc.logins().find();
                    task = upload().toText();
                    session = update.session();
                    // Before anything else: after a crash it must be followed, not sent again.
                    store();
                }
                UpdateProgress progress = update.poll(UpdateTask.of(task));
                if (!progress.done()) {
                    return new Turn.Again(progress.nextPoll(), progress.toString());
                }
                log(progress.changes().isEmpty() ? "has ended; no version has changed (yet)" : "has ended: " + progress.changes());
                return new Turn.Done(Map.of("state", progress.state(), "changes", new TreeMap<>(progress.changes())));
            } finally {
                session = update.session();
            }
        }

        private UpdateTask upload() throws RedfishException, UpdateFailedException, IOException, InterruptedException {
            Duration left = Duration.between(Instant.now(), deadline());
            status("fetching the image");
            FirmwareImage wanted = FirmwareImage.of(url, sha256);
            try (ImageFile image = ImageFile.fetch(BmcHttp.images(), wanted, Images.folder(), ImageFile.MAX_BYTES, left)) {
                log(wanted + " has " + image.bytes() + " bytes and the expected SHA-256");
                status("uploading the image");
                return update.upload(image, targets, Duration.between(Instant.now(), deadline()));
            }
        }

        @Override
        void ended() {
            Turns.at(Instant.now(), this::close);
        }

        private synchronized void close() {
            if (update != null) {
                update.close();
            }
        }
    }

    /** Where images lie while they are uploaded. Not in the system's folder, which is small in many containers. */
    private static final class Images {
        private static Path folder;

        static synchronized Path folder() throws IOException {
            Path wanted = Jenkins.get().getRootDir().toPath().resolve("understack").resolve("images");
            if (!wanted.equals(folder)) {
                Files.createDirectories(wanted);
                // Left behind by a controller that died.
                try (var left = Files.list(wanted)) {
                    for (Path file : left.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
                folder = wanted;
            }
            return folder;
        }
    }

    @Extension
    public static final class DescriptorImpl extends BmcStepDescriptor {
        @Override
        public String getFunctionName() {
            return "obmFirmwareUpdate";
        }

        @Override
        public String getDisplayName() {
            return Messages.ObmFirmwareUpdateStep_displayName();
        }
    }
}
