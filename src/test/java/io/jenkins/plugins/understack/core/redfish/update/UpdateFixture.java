package io.jenkins.plugins.understack.core.redfish.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulated BMC and an image for it; whatever a test does, neither a session nor a file is left. */
abstract class UpdateFixture {
    static final String LOGIN = "POST /redfish/v1/SessionService/Sessions 201";
    static final String PUSH = "POST /redfish/v1/UpdateService/MultipartUpload 202";
    static final Duration HOUR = Duration.ofHours(1);
    static final HttpClient HTTP = HttpClient.newHttpClient();

    final List<String> log = new ArrayList<>();

    @TempDir
    Path directory;

    Path downloads;
    TestImages images;
    TestBmc test;

    @BeforeEach
    void start() throws Exception {
        Path file = directory.resolve("image");
        Files.writeString(file, "firmware\r\n--with dashes\r\n".repeat(50_000));
        images = new TestImages(file);
        downloads = Files.createDirectory(directory.resolve("downloads"));
        begin(BmcKind.IDRAC);
    }

    final void begin(BmcKind kind) throws Exception {
        if (test != null) {
            test.close();
        }
        test = new TestBmc(kind);
        test.bmc.installs("BIOS", "2.0.0", Duration.ofSeconds(100));
    }

    /** Whatever happened: the session and the file are gone. */
    @AfterEach
    void stop() throws Exception {
        images.close();
        test.close();
        assertThat(test.bmc.openSessions()).isZero();
        try (var left = Files.list(downloads)) {
            assertThat(left).isEmpty();
        }
        assertThat(String.join("\n", log)).doesNotContain("s3cret", "calvin");
    }

    final UpdateProgress run(List<String> targets) throws Exception {
        try (FirmwareUpdate update = update()) {
            return update.follow(upload(update, targets), test::sleep);
        }
    }

    final FirmwareUpdate update() {
        return new FirmwareUpdate(() -> test.client().login("root", "calvin"), test.clock, log::add);
    }

    final UpdateTask upload(FirmwareUpdate update, List<String> targets) throws Exception {
        try (ImageFile image = fetch(images.image())) {
            return update.upload(image, targets, HOUR);
        }
    }

    final ImageFile fetch(FirmwareImage image) throws RedfishException, InterruptedException {
        return ImageFile.fetch(HTTP, image, downloads, ImageFile.MAX_BYTES, HOUR);
    }

    final String sha256() {
        try {
            return images.sha256();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
