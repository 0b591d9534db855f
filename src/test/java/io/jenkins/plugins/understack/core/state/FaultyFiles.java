package io.jenkins.plugins.understack.core.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2 whose disk can be full, or fail to write what it has taken, or whose process has no memory left. */
public final class FaultyFiles extends FilePathWrapper {
    static final String SCHEME = "faulty:";

    enum Fault {
        NONE,
        FULL,
        NO_SYNC,
        NO_MEMORY
    }

    static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.NONE);

    static {
        FilePath.register(new FaultyFiles());
    }

    static void install() {
        FAULT.set(Fault.NONE);
    }

    @Override
    public String getScheme() {
        return SCHEME.substring(0, SCHEME.length() - 1);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        checkMemory();
        return new Channel(getBase().open(mode));
    }

    private static void checkMemory() {
        if (FAULT.get() == Fault.NO_MEMORY) {
            throw new OutOfMemoryError("of the test");
        }
    }

    private static final class Channel extends FileBaseDefault {
        private final FileChannel file;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            checkMemory();
            if (FAULT.get() == Fault.FULL) {
                throw new IOException("No space left on device");
            }
            return file.write(bytes, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (FAULT.get() == Fault.NO_SYNC) {
                throw new IOException("Input/output error");
            }
            file.force(metaData);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public java.nio.channels.FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
