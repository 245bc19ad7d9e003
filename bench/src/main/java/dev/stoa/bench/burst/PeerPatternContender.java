package dev.stoa.bench.burst;

import dev.stoa.bench.PeerPattern;
import java.io.IOException;

/// The yardstick.
final class PeerPatternContender extends Contender {
    private final PeerPattern pattern;
    private final Thread thread;

    PeerPatternContender(Burst burst) throws IOException {
        super("peer pattern", burst);
        pattern = new PeerPattern(burst.subscribers());
        addPeer(0, pattern.port(), false);
        int[] ports = new int[burst.subscribers()];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = addPeer(i + 1, pattern.port(), false);
        }
        thread = pattern.start(ports);
    }

    @Override
    String report() {
        return "forwarded " + pattern.forwarded();
    }

    @Override
    Thread forwarder() {
        return thread;
    }
}
