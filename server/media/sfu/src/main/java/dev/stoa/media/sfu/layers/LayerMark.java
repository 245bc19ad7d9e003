package dev.stoa.media.sfu.layers;

/// What is known of one packet's place among the layers, in one long. Decode targets are those of [LayerGrid].
///
/// ```
///   bits 0..15 targets the frame belongs to | 16..31 targets that can begin with it | 32..33 spatial | 34..35 temporal
///   36 first packet of the frame | 37 last | 38 builds on the layer below only | 39 builds on far frames | 40 known
/// ```
public final class LayerMark {
    /// Of a packet nothing is known of.
    public static final long UNKNOWN = 0;

    private static final long START = 1L << 36;
    private static final long END = 1L << 37;
    private static final long STEP = 1L << 38;
    private static final long FAR = 1L << 39;
    private static final long KNOWN = 1L << 40;

    private LayerMark() {}

    static long of(int present, int switches, int spatial, int temporal) {
        return KNOWN | (long) temporal << 34 | (long) spatial << 32 | (switches & 0xFFFFL) << 16 | present & 0xFFFFL;
    }

    static long edges(long mark, boolean start, boolean end) {
        return mark | (start ? START : 0) | (end ? END : 0);
    }

    /// Targets can only be begun with it from the temporal layer just below.
    static long step(long mark) {
        return mark | STEP;
    }

    static long far(long mark) {
        return mark | FAR;
    }

    public static boolean isKnown(long mark) {
        return mark != UNKNOWN;
    }

    static boolean isStep(long mark) {
        return (mark & STEP) != 0;
    }

    static boolean isFar(long mark) {
        return (mark & FAR) != 0;
    }

    public static boolean startsFrame(long mark) {
        return (mark & START) != 0;
    }

    public static boolean endsFrame(long mark) {
        return (mark & END) != 0;
    }

    static int present(long mark) {
        return (int) mark & 0xFFFF;
    }

    static int switches(long mark) {
        return (int) (mark >>> 16) & 0xFFFF;
    }

    /// 0 to 3.
    public static int spatial(long mark) {
        return (int) (mark >>> 32) & 3;
    }

    /// 0 to 3.
    public static int temporal(long mark) {
        return (int) (mark >>> 34) & 3;
    }
}
