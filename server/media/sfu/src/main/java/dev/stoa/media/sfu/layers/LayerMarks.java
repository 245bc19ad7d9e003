package dev.stoa.media.sfu.layers;

/// The marks of a stream's kept packets, by sequence number. Single owner thread.
public final class LayerMarks {
    private final int mask;
    private final long[] seqs;
    private final long[] marks;
    private final long[] frames;
    private final long[] references;

    /// @param slots as many as packets are kept, a power of two
    public LayerMarks(int slots) {
        this.mask = slots - 1;
        this.seqs = new long[slots];
        this.marks = new long[slots];
        this.frames = new long[slots];
        this.references = new long[slots];
    }

    /// Notes what was read of a packet.
    public void put(long seq, LayerReader reader) {
        int i = (int) seq & mask;
        if (seqs[i] <= seq) {
            seqs[i] = seq;
            marks[i] = reader.mark();
            frames[i] = reader.frame();
            references[i] = reader.references();
        }
    }

    /// [LayerMark#UNKNOWN] when the packet is not kept.
    public long mark(long seq) {
        int i = (int) seq & mask;
        return seqs[i] == seq ? marks[i] : LayerMark.UNKNOWN;
    }

    /// Frame of a packet with a known mark.
    public long frame(long seq) {
        return frames[(int) seq & mask];
    }

    /// References of a packet with a known mark.
    public long references(long seq) {
        return references[(int) seq & mask];
    }
}
