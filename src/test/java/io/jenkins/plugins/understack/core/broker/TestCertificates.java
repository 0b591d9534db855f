package io.jenkins.plugins.understack.core.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys and certificates made by the JDK's keytool: an authority, and what it signed. One call each, since each is a JVM. */
public final class TestCertificates {
    public static final String PASSWORD = "changeit";

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** An authority {@code ca}. */
    public static TestCertificates in(Path directory) throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.keytool("ca", "-dname", "CN=Test authority", "-ext", "bc:c");
        return certificates;
    }

    /** @param extension of keytool, such as {@code san=dns:localhost} */
    public TestCertificates sign(String name, String extension) throws Exception {
        return sign(name, extension, "-0d", 90);
    }

    /**
     * @param start from today, such as {@code -2d}
     * @param days of validity
     */
    public TestCertificates sign(String name, String extension, String start, int days) throws Exception {
        keytool(name, "-dname", "CN=" + name, "-signer", "ca", "-ext", extension, "-startdate", start, "-validity", Integer.toString(days));
        return this;
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** With this key and its chain alone. */
    public KeyStore keyStore(String name) throws GeneralSecurityException, IOException {
        KeyStore all = all();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(name, all.getKey(name, PASSWORD.toCharArray()), PASSWORD.toCharArray(), all.getCertificateChain(name));
        return one;
    }

    private KeyStore all() throws GeneralSecurityException, IOException {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file("all.p12"))) {
            keyStore.load(in, PASSWORD.toCharArray());
        }
        return keyStore;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    /** Makes {@code name.pem} with the certificate and {@code name.key} with the private key (PKCS #8). */
    private void keytool(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-alias", name, "-keystore", "all.p12", "-storepass", PASSWORD));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        KeyStore keyStore = all();
        Files.writeString(file(name + ".pem"), pem("CERTIFICATE", keyStore.getCertificate(name).getEncoded()));
        Files.writeString(file(name + ".key"), pem("PRIVATE KEY", keyStore.getKey(name, PASSWORD.toCharArray()).getEncoded()));
    }
}
