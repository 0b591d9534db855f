package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** The same with the state of a controller. */
class StartLimitsInAFileTest extends StartLimitsTest {
    @TempDir
    private Path folder;

    @Override
    StateStore open() {
        return new FileStateStore(folder.resolve("state.mv"), Clock.systemUTC());
    }
}
