package io.jenkins.plugins.understack.core.obm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.redfish.Bmc;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BmcKeysTest {
    private static final Map<String, String> NAMES = Map.of(
            "bmc-1.lab", "10.46.96.156", "server-1-ilo.lab", "10.46.96.156", "bmc-6.lab", "fd00:0:0:0:0:0:0:1");

    private final BmcKeys keys = new BmcKeys(BmcKeysTest::resolve);

    /** Literal addresses as Java reads them, which asks no name server. */
    private static InetAddress resolve(String host) throws UnknownHostException {
        if (host.matches("[0-9.]+|\\[.*]")) {
            return InetAddress.getByName(host);
        }
        if (!NAMES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getByName(NAMES.get(host));
    }

    @ParameterizedTest
    @CsvSource({
        "10.46.96.156, 10.46.96.156",
        "https://10.46.96.156:443/, 10.46.96.156",
        "http://10.46.96.156:80, 10.46.96.156",
        "bmc-1.lab, 10.46.96.156",
        "BMC-1.Lab., 10.46.96.156",
        "https://Bmc-1.lab.:443, 10.46.96.156",
        "server-1-ilo.lab, 10.46.96.156",
        "10.46.96.156:8443, 10.46.96.156:8443",
        "bmc-1.lab.:8443, 10.46.96.156:8443",
        "http://bmc-1.lab:443, 10.46.96.156:443",
        "::ffff:10.46.96.156, 10.46.96.156",
        "fd00::1, fd00:0:0:0:0:0:0:1",
        "[FD00::0001]:443, fd00:0:0:0:0:0:0:1",
        "fd00:0:0:0:0:0:0:1, fd00:0:0:0:0:0:0:1",
        "bmc-6.lab, fd00:0:0:0:0:0:0:1",
        "https://[fd00::1]:8443, fd00:0:0:0:0:0:0:1:8443",
        "Nowhere.lab., nowhere.lab",
        "nowhere.lab:443, nowhere.lab"
    })
    void oneBmcHasOneKey(String address, String key) {
        assertThat(keys.of(Bmc.at(address))).isEqualTo(key);
    }
}
