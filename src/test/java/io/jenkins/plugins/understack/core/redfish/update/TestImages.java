package io.jenkins.plugins.understack.core.redfish.update;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Serves one image at {@code /bios.exe}. */
public final class TestImages implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Path file;

    public TestImages(Path file) throws IOException {
        this.file = file;
        server.createContext("/", exchange -> {
            boolean found = exchange.getRequestURI().getPath().equals("/bios.exe");
            exchange.sendResponseHeaders(found ? 200 : 404, found ? Files.size(file) : -1);
            if (found) {
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(exchange.getResponseBody());
                }
            }
            exchange.close();
        });
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    FirmwareImage image() throws Exception {
        return FirmwareImage.of(url("/bios.exe?signature=s3cret"), sha256());
    }

    public String sha256() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
