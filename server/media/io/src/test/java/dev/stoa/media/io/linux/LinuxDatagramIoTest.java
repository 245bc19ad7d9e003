package dev.stoa.media.io.linux;

import dev.stoa.media.io.DatagramIo;
import dev.stoa.media.io.DatagramIoContract;
import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("supported")
class LinuxDatagramIoTest extends DatagramIoContract {
    static boolean supported() {
        return LinuxDatagramIo.isSupported();
    }

    @Override
    protected DatagramIo bind(int port) throws IOException {
        return LinuxDatagramIo.bind(port);
    }

    @Override
    protected double budget() {
        return 0;
    }
}
