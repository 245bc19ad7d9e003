package dev.stoa.media.rtc.sctp;

/// What one association dropped or repeated since its start. Read by the owner's thread.
public final class SctpCounters {
    long badPackets;
    long badChecksums;
    long badTags;
    long badChunks;
    long duplicateTsns;
    long outsideWindow;
    long droppedMessages;
    long binaryMessages;
    long retransmittedChunks;
    long fastRetransmits;
    long timeouts;

    SctpCounters() {}

    /// Packets too short, too long or for other ports.
    public long badPackets() {
        return badPackets;
    }

    /// Packets whose CRC32c is wrong (RFC 9260 §6.8).
    public long badChecksums() {
        return badChecksums;
    }

    /// Packets without our verification tag (RFC 9260 §8.5).
    public long badTags() {
        return badTags;
    }

    /// Chunks that are malformed, unknown or not allowed in the state they came in.
    public long badChunks() {
        return badChunks;
    }

    /// DATA chunks received more than once.
    public long duplicateTsns() {
        return duplicateTsns;
    }

    /// DATA chunks refused because they did not fit the receive window; the peer repeats them.
    public long outsideWindow() {
        return outsideWindow;
    }

    /// Messages over 256 kB, on streams without a channel, or broken in themselves.
    public long droppedMessages() {
        return droppedMessages;
    }

    /// Binary messages, which no channel of ours carries.
    public long binaryMessages() {
        return binaryMessages;
    }

    /// DATA chunks sent again for any reason.
    public long retransmittedChunks() {
        return retransmittedChunks;
    }

    /// Times three missing reports started a fast retransmit (RFC 9260 §7.2.4).
    public long fastRetransmits() {
        return fastRetransmits;
    }

    /// Expiries of the retransmission timers T1, T2 and T3, stream resets and heartbeats included.
    public long timeouts() {
        return timeouts;
    }
}
