package dev.stoa.media.sim;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.sctp.SctpAssociation;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The data channels of one peer: real SCTP over its DTLS. The association begins with the first channel, ours or the
/// server's. Single owner thread.
public final class SimChannels implements SctpAssociation.Listener {
    private static final int MAX_PACKET = 1200;
    private static final int SCRATCH_BYTES = 2048;

    private final DtlsEndpoint dtls;
    private final SctpStateMachine sctp;
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[SCRATCH_BYTES]);
    private final Map<String, Integer> open = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private boolean wanted;
    private boolean dirty;
    private @Nullable String closed;

    SimChannels(DtlsEndpoint dtls, RandomGenerator random) {
        this.dtls = dtls;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.sctp = SctpStateMachine.dtlsClient(this, random, secret);
    }

    /// Opens a channel; goes out when the peer is connected.
    public void open(String label, String protocol) {
        wanted = true;
        dirty = true;
        sctp.openChannel(label, protocol);
    }

    /// False when no channel with this label is open, or its buffer is full.
    public boolean send(String label, String text) {
        Integer stream = open.get(label);
        dirty = true;
        return stream != null && sctp.sendText(stream, text);
    }

    public boolean isOpen(String label) {
        return open.containsKey(label);
    }

    /// Texts received so far; live list.
    public List<String> texts() {
        return texts;
    }

    /// Why the association ended; null while it has not.
    public @Nullable String closed() {
        return closed;
    }

    void connect(long nowNs) {
        if (wanted) {
            sctp.connect(nowNs);
        }
    }

    void pump(long nowNs) {
        int length;
        while ((length = dtls.pollData(scratch, 0, SCRATCH_BYTES)) > 0) {
            sctp.receive(nowNs, scratch, 0, length);
        }
        while ((length = sctp.pollPacket(nowNs, scratch, 0, MAX_PACKET)) > 0) {
            dtls.sendData(scratch, 0, length);
        }
        dirty = false;
    }

    /// True when there may be something to send.
    boolean handleTimeout(long nowNs) {
        boolean due = dirty || sctp.nextTimeoutNs() <= nowNs;
        if (due) {
            sctp.handleTimeout(nowNs);
            dirty = false;
        }
        return due;
    }

    long nextTimeoutNs() {
        return dirty ? 0 : sctp.nextTimeoutNs();
    }

    @Override
    public void onChannelOpened(int streamId, String label) {
        open.put(label, streamId);
    }

    @Override
    public void onChannelClosed(int streamId) {
        open.values().remove(streamId);
    }

    @Override
    public void onText(int streamId, String text) {
        texts.add(text);
    }

    @Override
    public void onClosed(String reason) {
        closed = reason;
    }
}
