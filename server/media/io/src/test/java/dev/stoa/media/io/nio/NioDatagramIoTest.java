package dev.stoa.media.io.nio;

import dev.stoa.media.io.DatagramIo;
import dev.stoa.media.io.DatagramIoContract;
import java.io.IOException;

class NioDatagramIoTest extends DatagramIoContract {
    @Override
    protected DatagramIo bind(int port) throws IOException {
        return NioDatagramIo.bind(port);
    }

    @Override
    protected double budget() {
        return 150;
    }
}
