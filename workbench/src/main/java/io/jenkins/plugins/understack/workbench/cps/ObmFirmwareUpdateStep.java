package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.redfish.update.FirmwareImage;
import io.jenkins.plugins.understack.core.redfish.update.FirmwareUpdate;
import io.jenkins.plugins.understack.core.redfish.update.ImageFile;
import io.jenkins.plugins.understack.core.redfish.update.UpdateProgress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code obmFirmwareUpdate(device: '10.0.0.1', credentials: reference, url: …, sha256: …, targets: […])}: fetches the image, checks it,
 * hands it over and follows the update to its end.
 */
final class ObmFirmwareUpdateStep implements Step {
    private static final Duration TIMEOUT = Duration.ofHours(2);

    private final Bmcs bmcs;

    ObmFirmwareUpdateStep(Bmcs bmcs) {
        this.bmcs = bmcs;
    }

    @Override
    public String name() {
        return "obmFirmwareUpdate";
    }

    @Override
    public List<String> arguments() {
        return List.of("device", "credentials", "url", "sha256", "targets");
    }

    @Override
    public String summary(StepArguments arguments) {
        return arguments.text("device", "");
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        List<String> targets = arguments.get("targets") instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
        UpdateProgress end = Bmcs.failing(name(), () -> {
            FirmwareImage image = FirmwareImage.of(arguments.text("url", null), arguments.text("sha256", null));
            HttpClient files = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
            try (ImageFile file = ImageFile.fetch(files, image, null, ImageFile.MAX_BYTES, TIMEOUT);
                    FirmwareUpdate update = new FirmwareUpdate(
                            bmcs.sessions(arguments.text("device", null), run.credential(name(), arguments.text("credentials", null))),
                            bmcs.clock(),
                            line -> {})) {
                return update.follow(bmcs.patience().ask(() -> update.upload(file, targets, TIMEOUT)), bmcs.sleeper());
            }
        });
        return Map.of("state", end.state(), "changes", end.changes());
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        Map<?, ?> map = (Map<?, ?>) result;
        return map.get("state") + " " + map.get("changes");
    }
}
