package dev.stoa.media.sfu;

import dev.stoa.media.sfu.allocation.Rung;
import dev.stoa.media.sfu.speakers.LoudestGate;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.codec.CodecKind;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One track of a publisher, with its encodings and those who get it.
final class PublishedTrack {
    /// How often it is looked whether an encoding went.
    private static final long RESELECT_NS = 100_000_000L;
    /// A track that sent nothing for this long begins anew: its encodings need not all be back at the first packet.
    private static final long PAUSE_NS = 300_000_000L;

    /// How often the cost of the encodings is looked at.
    private static final long RUNGS_NS = 500_000_000L;

    /// A tenth of a second: consonants before the first voiced packet.
    private static final int MEMORY_PACKETS = 5;

    /// Subscribers whose state is read ahead: few enough to stay in the first-level cache.
    private static final int FETCHED = 4;

    private final Publisher publisher;
    private final PublishSpec spec;
    private final byte[] mid;
    private final CodecKind codecKind;
    private final List<PublishedStream> streams = new ArrayList<>(3);
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<OutgoingRelay> relays = new ArrayList<>();
    private boolean muted;
    private boolean started;
    private int speakerHandle = -1;
    private int gateHandle = -1;
    private boolean unheard;
    private long heardSeq;
    private long reselectNs = Long.MAX_VALUE;
    private long newestNs = -1;
    private long resumedNs;
    private List<Rung> rungs = List.of();
    private long rungsNs;
    /// Where the reads ahead end, so that the compiler does not leave them out.
    private long fetched;

    PublishedTrack(Publisher publisher, PublishSpec spec) {
        this.publisher = publisher;
        this.spec = spec;
        this.mid = spec.mid().getBytes(StandardCharsets.US_ASCII);
        this.codecKind = switch (spec.codec()) {
            case OPUS -> CodecKind.OPUS;
            case VP8 -> CodecKind.VP8;
            case VP9 -> CodecKind.VP9;
            case H264 -> CodecKind.H264;
            case AV1 -> CodecKind.AV1;
        };
    }

    /// Hands a packet to all who want it.
    void deliver(long nowNs, PublishedStream stream, RtpPacket packet, long seq, boolean keyFrame) {
        if (isVideo() || isHeard(nowNs, stream, packet, seq)) {
            for (int i = 0; i < subscriptions.size(); i++) {
                subscriptions.get(i).deliver(nowNs, stream, packet, seq, keyFrame);
            }
        }
        for (int i = 0; i < relays.size(); i++) {
            relays.get(i).deliver(stream, packet, false);
        }
    }

    /// The publisher told its clock.
    void relayClock(long nowNs, PublishedStream stream) {
        for (int i = 0; i < relays.size(); i++) {
            relays.get(i).report(nowNs, stream);
        }
    }

    /// Hands packets of a video, none of which begins a key frame, to all who want them.
    ///
    /// Since a camera's last frame the caches have forgotten its subscribers. What is known of the next few is read
    /// first: those reads wait for the memory together, where each subscriber's own would wait one after the other.
    void deliver(long nowNs, PublishedStream stream, RtpPacket[] packets, long[] seqs, int count) {
        int subscribers = subscriptions.size();
        for (int first = 0; first < subscribers; first += FETCHED) {
            int end = Math.min(first + FETCHED, subscribers);
            for (int i = first; i < end; i++) {
                fetched += subscriptions.get(i).fetch();
            }
            for (int i = first; i < end; i++) {
                subscriptions.get(i).deliver(nowNs, stream, packets, seqs, count);
            }
        }
        for (int i = 0; i < relays.size(); i++) {
            for (int k = 0; k < count; k++) {
                relays.get(i).deliver(stream, packets[k], false);
            }
        }
    }

    /// In a room with many microphones only some are heard. Who comes in is heard from a moment before, so that no
    /// syllable lacks its beginning.
    private boolean isHeard(long nowNs, PublishedStream stream, RtpPacket packet, long seq) {
        int at = packet.extensionOffset(spec.extensions().audioLevel());
        int level = at < 0 ? -1 : Wire.u8(packet.buffer(), packet.offset() + at);
        if (speakerHandle >= 0 && !muted && level >= 0) {
            publisher.room().audioLevel(this, level);
        }
        LoudestGate gate = publisher.room().gate();
        if (gateHandle < 0) {
            gateHandle = gate.add();
        }
        boolean heard = gate.hears(gateHandle, nowNs, level < 0 ? level : level & 0x7F);
        if (!heard) {
            heardSeq = unheard ? heardSeq : stream.highestSeq() - 1;
            unheard = true;
            return false;
        }
        if (unheard) {
            unheard = false;
            long from = Math.max(seq - MEMORY_PACKETS, heardSeq + 1);
            for (int i = 0; i < subscriptions.size(); i++) {
                subscriptions.get(i).resume(nowNs, stream, from);
            }
        }
        return true;
    }

    /// The track is no more.
    void leaveGate() {
        if (gateHandle >= 0) {
            publisher.room().gate().remove(gateHandle);
            gateHandle = -1;
        }
    }

    /// A packet of any encoding arrived.
    void onPacket(long nowNs) {
        if (newestNs < 0 || nowNs - newestNs > PAUSE_NS) {
            resumedNs = nowNs;
            reselectNs = encodings() > 1 ? nowNs + RESELECT_NS : Long.MAX_VALUE;
        }
        newestNs = nowNs;
    }

    /// The first packet of an encoding arrived, or the first after the publisher had switched it off.
    void onStreamStarted(long nowNs) {
        if (!started) {
            started = true;
            publisher.onMediaStarted(this);
        }
        reselect(nowNs);
    }

    /// Adds an encoding. Returns the one it replaces, when the publisher changed its SSRC.
    @Nullable
    PublishedStream addStream(PublishedStream stream) {
        int at = 0;
        while (at < streams.size() && streams.get(at).index() < stream.index()) {
            at++;
        }
        if (at < streams.size() && streams.get(at).index() == stream.index()) {
            return streams.set(at, stream);
        }
        streams.add(at, stream);
        return null;
    }

    void handleTimeout(long nowNs) {
        if (nowNs >= reselectNs) {
            // While the whole track is silent nothing can be told.
            reselectNs = nowNs - newestNs > PAUSE_NS ? Long.MAX_VALUE : nowNs + RESELECT_NS;
            reselect(nowNs);
        }
        for (int i = 0; i < streams.size(); i++) {
            PublishedStream stream = streams.get(i);
            if (stream.nextTimeoutNs() <= nowNs) {
                stream.handleTimeout(nowNs);
            }
        }
    }

    long nextTimeoutNs() {
        long next = reselectNs;
        for (int i = 0; i < streams.size(); i++) {
            next = Math.min(next, streams.get(i).nextTimeoutNs());
        }
        return next;
    }

    /// In which qualities it can be had now, cheapest first; the same list for some time.
    List<Rung> rungs(long nowNs) {
        if (nowNs >= rungsNs) {
            rungsNs = nowNs + RUNGS_NS;
            rungs = measureRungs();
        }
        return rungs;
    }

    private List<Rung> measureRungs() {
        List<Rung> measured = new ArrayList<>(streams.size());
        for (int i = streams.size() - 1; i >= 0 && !muted; i--) {
            PublishedStream stream = streams.get(i);
            if (stream.hasStarted() && stream.isAlive()) {
                stream.addRungs(measured, i == streams.size() - 1);
            }
        }
        return measured.equals(rungs) ? rungs : List.copyOf(measured);
    }

    /// Of the only encoding of an audio track.
    long audioBps() {
        return streams.isEmpty() ? 0 : streams.getFirst().bitrateBps();
    }

    /// Lets every subscriber choose its encoding anew.
    void reselect(long nowNs) {
        rungsNs = nowNs;
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).reselect(nowNs);
        }
    }

    void setMuted(long nowNs, boolean muted) {
        if (this.muted == muted) {
            return;
        }
        this.muted = muted;
        rungsNs = nowNs;
        for (int i = 0; i < streams.size(); i++) {
            if (muted) {
                streams.get(i).onMuted();
            } else if (isAwaited(streams.get(i))) {
                // Whatever was sent meanwhile, a new picture may begin: one key frame makes sure of it.
                streams.get(i).requestKeyFrame(nowNs);
            }
        }
        if (muted) {
            publisher.room().silence(this);
        }
    }

    /// True when somebody gets this encoding, or shall.
    boolean isAwaited(PublishedStream stream) {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).target() == stream) {
                return true;
            }
        }
        return false;
    }

    /// When any encoding sent last, -1 before.
    long newestNs() {
        return newestNs;
    }

    /// Since when the track sends without a pause.
    long resumedNs() {
        return resumedNs;
    }

    /// How many encodings the publisher announced, at least 1.
    int encodings() {
        return Math.max(1, Math.max(spec.rids().size(), spec.ssrcs().size()));
    }

    boolean isVideo() {
        return spec.kind() == MediaKind.VIDEO;
    }

    boolean isMuted() {
        return muted;
    }

    TrackId id() {
        return spec.track();
    }

    PublishSpec spec() {
        return spec;
    }

    byte[] mid() {
        return mid;
    }

    CodecKind codecKind() {
        return codecKind;
    }

    Publisher publisher() {
        return publisher;
    }

    List<PublishedStream> streams() {
        return streams;
    }

    /// The encoding with this place and SSRC.
    @Nullable
    PublishedStream stream(int index, int ssrc) {
        for (int i = 0; i < streams.size(); i++) {
            PublishedStream stream = streams.get(i);
            if (stream.index() == index && stream.ssrc() == ssrc) {
                return stream;
            }
        }
        return null;
    }

    /// Ways to the other workers where it has subscribers.
    List<OutgoingRelay> relays() {
        return relays;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /// Handle in the room's speaker detector, -1 when it is not measured.
    int speakerHandle() {
        return speakerHandle;
    }

    void speakerHandle(int handle) {
        speakerHandle = handle;
    }
}
