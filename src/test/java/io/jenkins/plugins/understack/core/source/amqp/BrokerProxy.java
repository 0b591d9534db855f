package io.jenkins.plugins.understack.core.source.amqp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and its broker on loopback, passes on frames (AMQP 0-9-1, section 4.2.3), does what networks do, and
 * writes down when a connection or a channel was opened.
 */
final class BrokerProxy implements AutoCloseable {
    private static final int METHOD_FRAME = 1;
    private static final int CHANNEL_OPEN = 20 << 16 | 10;
    private static final int CHANNEL_CLOSE = 20 << 16 | 40;
    private static final int CHANNEL_CLOSE_OK = 20 << 16 | 41;
    private static final int PROTOCOL_HEADER = 8;

    private final ServerSocket server;
    private final URI broker;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    final List<Long> connections = new CopyOnWriteArrayList<>();
    final List<Long> channelsOpened = new CopyOnWriteArrayList<>();
    final List<Long> channelsClosed = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private boolean stalled;

    /** @param uri of the broker; null: whoever connects is disconnected at once */
    BrokerProxy(String uri) throws IOException {
        this(uri, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** @param server where clients connect; may speak TLS with them */
    BrokerProxy(String uri, ServerSocket server) {
        this.broker = uri == null ? null : URI.create(uri);
        this.server = server;
        run("accepts", this::accept);
    }

    String uri() {
        return "amqp://127.0.0.1:" + server.getLocalPort() + (broker == null ? "/" : broker.getRawPath());
    }

    /** Connections that are open now. */
    int open() {
        return links.size();
    }

    /** As when a network breaks. */
    void disconnect() {
        links.forEach(Link::close);
    }

    /** Nothing is passed on any more, in no direction, but everybody is listened to. */
    synchronized void stall() {
        stalled = true;
    }

    /** Ends what {@link #stall} and {@link #slow} began. */
    synchronized void resume() {
        stalled = false;
        delay = Duration.ZERO;
        notifyAll();
    }

    /** @param perFrame how long each frame takes from now on */
    void slow(Duration perFrame) {
        delay = perFrame;
    }

    /** As when a firewall forgets a connection: what one side of the present connections says disappears. New ones are fine. */
    void dropFromBroker() {
        links.forEach(link -> link.dropsFromBroker = true);
    }

    /** As {@link #dropFromBroker}, for what the client says. */
    void dropFromClient() {
        links.forEach(link -> link.dropsFromClient = true);
    }

    /** Says something to all clients in the broker's place. @param method class and method id with arguments, for channel 0 */
    void sayAsBroker(byte[] method) throws IOException {
        for (Link link : links) {
            link.write(link.toClient, METHOD_FRAME, 0, method);
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
            run("up", () -> {
                Link link;
                try {
                    link = new Link(client, new Socket(broker.getHost(), broker.getPort()));
                } catch (IOException e) {
                    client.close();
                    return;
                }
                links.add(link);
                run("down", link::down);
                link.up();
            });
        }
    }

    private synchronized void awaitPassage() throws IOException {
        while (stalled) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private void note(byte[] payload) {
        int method = (payload[0] & 0xff) << 24 | (payload[1] & 0xff) << 16 | (payload[2] & 0xff) << 8 | payload[3] & 0xff;
        if (method == CHANNEL_OPEN) {
            channelsOpened.add(System.nanoTime());
        } else if (method == CHANNEL_CLOSE || method == CHANNEL_CLOSE_OK) {
            channelsClosed.add(System.nanoTime());
        }
    }

    /** One connection and its other half. */
    private final class Link {
        private final Socket client;
        private final Socket upstream;
        private final DataOutputStream toClient;
        private final DataOutputStream toBroker;
        private volatile boolean dropsFromBroker;
        private volatile boolean dropsFromClient;

        Link(Socket client, Socket upstream) throws IOException {
            this.client = client;
            this.upstream = upstream;
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            this.toClient = new DataOutputStream(client.getOutputStream());
            this.toBroker = new DataOutputStream(upstream.getOutputStream());
        }

        void up() throws IOException {
            try {
                DataInputStream in = new DataInputStream(client.getInputStream());
                awaitPassage();
                toBroker.write(in.readNBytes(PROTOCOL_HEADER));
                while (true) {
                    pass(in, toBroker, true);
                }
            } finally {
                close();
            }
        }

        void down() throws IOException {
            try {
                DataInputStream in = new DataInputStream(upstream.getInputStream());
                while (true) {
                    pass(in, toClient, false);
                }
            } finally {
                close();
            }
        }

        private void pass(DataInputStream in, DataOutputStream out, boolean fromClient) throws IOException {
            int type = in.readUnsignedByte();
            int channel = in.readUnsignedShort();
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            in.readUnsignedByte();
            if (fromClient && type == METHOD_FRAME) {
                note(payload);
            }
            LockSupport.parkNanos(delay.toNanos());
            awaitPassage();
            if (!(fromClient ? dropsFromClient : dropsFromBroker)) {
                write(out, type, channel, payload);
            }
        }

        void write(DataOutputStream out, int type, int channel, byte[] payload) throws IOException {
            byte[] frame = Arrays.copyOf(
                    new byte[] {
                        (byte) type, (byte) (channel >> 8), (byte) channel,
                        (byte) (payload.length >> 24), (byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length
                    },
                    7 + payload.length + 1);
            System.arraycopy(payload, 0, frame, 7, payload.length);
            frame[frame.length - 1] = (byte) 0xce;
            synchronized (out) {
                out.write(frame);
                out.flush();
            }
        }

        void close() {
            links.remove(this);
            for (Socket socket : List.of(client, upstream)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // Already gone.
                }
            }
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

    @Override
    public void close() throws IOException {
        server.close();
        resume();
        disconnect();
    }
}
