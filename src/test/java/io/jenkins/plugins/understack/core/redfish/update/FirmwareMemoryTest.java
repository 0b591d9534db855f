package io.jenkins.plugins.understack.core.redfish.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.redfish.Bmc;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import io.jenkins.plugins.understack.workbench.simulator.BmcSimulator;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM with 64 MB of heap fetches and pushes an image that is larger: 96 MB, or as many as the system property {@code
 * understack.firmware.megabytes} says (with 1024, give the JVM of the tests {@code -Dsun.net.httpserver.maxReqTime=-1} too).
 */
class FirmwareMemoryTest {
    private static final int MEGABYTES = Integer.getInteger("understack.firmware.megabytes", 96);

    @Test
    void anImageNeedsNoMemory(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("image");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(MEGABYTES * 1024L * 1024L);
        }
        try (TestImages images = new TestImages(file);
                TestBmc test = new TestBmc(BmcKind.IDRAC);
                TestBmc ilo = new TestBmc(BmcKind.ILO)) {
            ilo.bmc.offers(BmcSimulator.Push.HTTP);
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
                            System.getProperty("java.class.path"), Child.class.getName(), images.url("/bios.exe"),
                            images.sha256(), directory.toString(), test.bmc.url(), ilo.bmc.url())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(child.getInputStream().readAllBytes());

            assertThat(child.waitFor()).as(output).isZero();
            for (TestBmc each : List.of(test, ilo)) {
                assertThat(each.bmc.uploads()).singleElement().satisfies(upload -> {
                    assertThat(upload.bytes()).isEqualTo(MEGABYTES * 1024L * 1024L);
                    assertThat(upload.sha256()).isEqualTo(images.sha256());
                });
            }
        }
    }

    static final class Child {
        private Child() {}

        /** @param args URL of the image, its checksum, a directory for the file, URLs of BMCs */
        public static void main(String[] args) throws Exception {
            Duration hour = Duration.ofHours(1);
            Clock clock = Clock.systemUTC();
            try (ImageFile image = ImageFile.fetch(
                    HttpClient.newHttpClient(), FirmwareImage.of(args[0], args[1]), Path.of(args[2]), ImageFile.MAX_BYTES, hour)) {
                for (String url : List.of(args).subList(3, args.length)) {
                    RedfishClient client = new RedfishClient(Bmc.at(url), TestBmc.http(TlsTrust.DEFAULT), clock);
                    try (FirmwareUpdate update = new FirmwareUpdate(() -> client.login("root", "calvin"), clock, line -> {})) {
                        update.upload(image, List.of(), hour);
                    }
                }
            }
        }
    }
}
