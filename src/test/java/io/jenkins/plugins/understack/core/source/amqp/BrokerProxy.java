package io.jenkins.plugins.understack.core.source.amqp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and its broker on loopback and writes down when a connection or a channel was opened. */
final class BrokerProxy implements AutoCloseable {
    private static final int METHOD_FRAME = 1;
    private static final int CHANNEL_OPEN = 20 << 16 | 10;
    private static final int CHANNEL_CLOSE = 20 << 16 | 40;
    private static final int CHANNEL_CLOSE_OK = 20 << 16 | 41;

    private final ServerSocket server;
    private final URI broker;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<Long> connections = new CopyOnWriteArrayList<>();
    final List<Long> channelsOpened = new CopyOnWriteArrayList<>();
    final List<Long> channelsClosed = new CopyOnWriteArrayList<>();

    /** @param uri of the broker; null: whoever connects is disconnected at once */
    BrokerProxy(String uri) throws IOException {
        this.broker = uri == null ? null : URI.create(uri);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run("accepts", this::accept);
    }

    String uri() {
        return "amqp://127.0.0.1:" + server.getLocalPort() + (broker == null ? "/" : broker.getRawPath());
    }

    /** As when a network breaks. */
    void disconnect() {
        for (Socket socket : sockets) {
            close(socket);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            connections.add(System.nanoTime());
            if (broker == null) {
                client.close();
                continue;
            }
            Socket upstream = new Socket(broker.getHost(), broker.getPort());
            sockets.add(client);
            sockets.add(upstream);
            run("up", () -> {
                try (client; upstream) {
                    watch(client.getInputStream(), upstream.getOutputStream());
                }
            });
            run("down", () -> {
                try (client; upstream) {
                    upstream.getInputStream().transferTo(client.getOutputStream());
                }
            });
        }
    }

    /** Frames of AMQP 0-9-1 (section 4.2.3), after the protocol header of 8 bytes. */
    private void watch(InputStream from, OutputStream to) throws IOException {
        DataInputStream in = new DataInputStream(from);
        DataOutputStream out = new DataOutputStream(to);
        out.write(in.readNBytes(8));
        while (true) {
            int type = in.readUnsignedByte();
            int channel = in.readUnsignedShort();
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            int end = in.readUnsignedByte();
            if (type == METHOD_FRAME) {
                note((payload[0] & 0xff) << 24 | (payload[1] & 0xff) << 16 | (payload[2] & 0xff) << 8 | payload[3] & 0xff);
            }
            out.writeByte(type);
            out.writeShort(channel);
            out.writeInt(payload.length);
            out.write(payload);
            out.writeByte(end);
            out.flush();
        }
    }

    private void note(int method) {
        if (method == CHANNEL_OPEN) {
            channelsOpened.add(System.nanoTime());
        } else if (method == CHANNEL_CLOSE || method == CHANNEL_CLOSE_OK) {
            channelsClosed.add(System.nanoTime());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side has gone; the other follows.
                    }
                },
                "broker proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Already gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        disconnect();
    }
}
