package dev.stoa.media.rtc.sctp;

/// Control chunks that wait for the next poll: a flag each, so that no flood of questions grows anything.
final class Replies {
    static final int INIT = 1;
    static final int INIT_ACK = 1 << 1;
    static final int COOKIE_ECHO = 1 << 2;
    static final int COOKIE_ACK = 1 << 3;
    static final int SHUTDOWN = 1 << 4;
    static final int SHUTDOWN_ACK = 1 << 5;
    static final int SHUTDOWN_COMPLETE = 1 << 6;
    static final int ERROR = 1 << 7;
    static final int ABORT = 1 << 8;

    private int waiting;
    private int cause;
    private int causeInfo;
    private int errorTag;

    void set(int replies) {
        waiting |= replies;
    }

    void clear(int replies) {
        waiting &= ~replies;
    }

    /// True once for each reply that was set.
    boolean take(int reply) {
        boolean was = (waiting & reply) != 0;
        waiting &= ~reply;
        return was;
    }

    /// Reports an error cause with four bytes of information; a later one replaces it.
    void error(int errorCause, int info, int tag) {
        cause = errorCause;
        causeInfo = info;
        errorTag = tag;
        set(ERROR);
    }

    void abort(int abortCause) {
        cause = abortCause;
        set(ABORT);
    }

    void writeError(PacketWriter out) {
        out.begin(errorTag);
        out.beginChunk(ChunkType.ERROR, 0);
        out.u16(cause);
        out.u16(8);
        out.u32(causeInfo);
        out.endChunk();
    }

    void writeAbort(PacketWriter out) {
        out.beginChunk(ChunkType.ABORT, 0);
        out.u16(cause);
        out.u16(4);
        out.endChunk();
    }
}
