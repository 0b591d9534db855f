package io.jenkins.plugins.understack.workbench.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that vouches for itself, as BMCs have it, made by the JDK's keytool.
 *
 * @param server for {@link BmcSimulator#start(BmcKind, java.time.Clock, SSLContext)}
 * @param pem the certificate, for who wants to trust it
 */
public record SelfSigned(SSLContext server, String pem) {
    private static final String PASSWORD = "changeit";

    /**
     * @param directory where the key may lie
     * @param name that it is for: {@code ip:127.0.0.1} or {@code dns:other}
     */
    public static SelfSigned in(Path directory, String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("bmc.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
                        "-dname", "CN=BMC simulator", "-ext", "san=" + name, "-keystore", file.toString(), "-storepass", PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(managers.getKeyManagers(), null, null);
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getCertificate("mykey").getEncoded());
        return new SelfSigned(server, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }
}
