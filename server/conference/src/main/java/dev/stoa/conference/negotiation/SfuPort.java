package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands commands to the media server. A full queue there is waited for a little: a lost command would leave a peer
/// without picture or sound for good. Called on virtual threads, which may wait.
public final class SfuPort {
    private static final Logger log = LoggerFactory.getLogger(SfuPort.class);
    private static final int ATTEMPTS = 40;
    private static final long PAUSE_NS = Duration.ofMillis(5).toNanos();

    private final Sfu sfu;
    private final LongAdder lost = new LongAdder();

    public SfuPort(Sfu sfu) {
        this.sfu = sfu;
    }

    Sfu sfu() {
        return sfu;
    }

    void submit(SfuCommand command) {
        for (int i = 0; i < ATTEMPTS; i++) {
            if (sfu.submit(command)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        lost.increment();
        log.warn("the media server took no {} in time", command.getClass().getSimpleName());
    }

    /// For what may be left undone when the media server is busy.
    void offer(SfuCommand command) {
        if (!sfu.submit(command)) {
            lost.increment();
        }
    }

    /// Commands given up because the media server's queue stayed full.
    public long lost() {
        return lost.sum();
    }
}
