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

/** Keys and certificates made by the JDK's keytool: an authority, and what it signed. Files in PEM beside the key stores. */
public final class TestCertificates {
    public static final String PASSWORD = "changeit";

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** An authority {@code ca}. */
    public static TestCertificates in(Path directory) throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.keytool("ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=Test authority", "-ext", "bc:c");
        certificates.export("ca");
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
        keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name);
        keytool(name, "-certreq", "-file", name + ".csr");
        keytool("ca", "-gencert", "-infile", name + ".csr", "-outfile", name + ".crt", "-ext", extension, "-rfc",
                "-startdate", start, "-validity", Integer.toString(days));
        keytool(name, "-importcert", "-noprompt", "-alias", "authority", "-file", "ca.pem");
        keytool(name, "-importcert", "-noprompt", "-file", name + ".crt");
        export(name);
        return this;
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    public KeyStore keyStore(String name) throws GeneralSecurityException, IOException {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name + ".p12"))) {
            keyStore.load(in, PASSWORD.toCharArray());
        }
        return keyStore;
    }

    /** {@code name.pem} with the certificate and {@code name.key} with the private key (PKCS #8). */
    private void export(String name) throws Exception {
        KeyStore keyStore = keyStore(name);
        Files.writeString(file(name + ".pem"), pem("CERTIFICATE", keyStore.getCertificate("mykey").getEncoded()));
        Files.writeString(
                file(name + ".key"), pem("PRIVATE KEY", keyStore.getKey("mykey", PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private void keytool(String store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add(arguments[0]);
        command.addAll(List.of("-keystore", store + ".p12", "-storepass", PASSWORD));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }
}
