package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;

/// Published streams without a transport behind them.
final class Streams {
    static final ExtensionIds NONE = new ExtensionIds(0, 0, 0, 0, 0, 0, 0, 0);

    private Streams() {}

    static PublishedStream video(int ssrc) {
        PublishSpec spec = new PublishSpec(
                new TrackId(1),
                MediaKind.VIDEO,
                MediaCodec.VP8,
                "1",
                96,
                97,
                List.of(ssrc),
                List.of(ssrc + 1),
                List.of(),
                NONE);
        return new PublishedStream(new PublishedTrack(null, spec), "", 0, ssrc, context());
    }

    static WorkerContext context() {
        return new WorkerContext(
                SfuSettings.DEFAULT,
                new Nowhere(),
                event -> {},
                new SfuCounters(),
                new SplittableRandom(1),
                new RtcpWriter(),
                new RtpPacket(),
                new FeedbackReader(),
                new RemoteBindings(),
                new Deadline(),
                new Burst());
    }

    private static final class Nowhere implements DatagramOut {
        private final MemorySegment slab = MemorySegment.ofArray(new byte[SLOT_BYTES]);

        @Override
        public MemorySegment slab() {
            return slab;
        }

        @Override
        public long reserve() {
            return 0;
        }

        @Override
        public void commit(Remote remote, long offset, int length) {}
    }
}
