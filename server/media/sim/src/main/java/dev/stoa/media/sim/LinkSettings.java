package dev.stoa.media.sim;

/// One direction of a virtual path.
///
/// @param delayNs time on the way
/// @param jitterNs added at random, evenly from 0 to this; alone it does not reorder
/// @param loss share of datagrams lost, 0 to 1, each on its own
/// @param burstStart chance per datagram that a burst of loss begins, 0 to 1
/// @param burstLength datagrams lost in a burst
/// @param reorder share of datagrams that are held back by `reorderNs` and overtaken, 0 to 1
/// @param reorderNs how long those are held back
/// @param duplicate share of datagrams that arrive twice, 0 to 1
/// @param rateBps bits per second the link carries, 0 = any
/// @param queueBytes what waits for the link at most; more is lost. Only with a rate
public record LinkSettings(
        long delayNs,
        long jitterNs,
        double loss,
        double burstStart,
        int burstLength,
        double reorder,
        long reorderNs,
        double duplicate,
        long rateBps,
        int queueBytes) {
    /// Ten milliseconds and nothing else.
    public static final LinkSettings CLEAN = delay(10);

    /// A link that loses nothing.
    public static LinkSettings delay(long ms) {
        return new LinkSettings(ms * 1_000_000, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    public LinkSettings withLoss(double loss) {
        return new LinkSettings(
                delayNs, jitterNs, loss, burstStart, burstLength, reorder, reorderNs, duplicate, rateBps, queueBytes);
    }

    public LinkSettings withBursts(double start, int length) {
        return new LinkSettings(
                delayNs, jitterNs, loss, start, length, reorder, reorderNs, duplicate, rateBps, queueBytes);
    }

    public LinkSettings withJitter(long ms) {
        return new LinkSettings(
                delayNs,
                ms * 1_000_000,
                loss,
                burstStart,
                burstLength,
                reorder,
                reorderNs,
                duplicate,
                rateBps,
                queueBytes);
    }

    public LinkSettings withReordering(double share, long byMs) {
        return new LinkSettings(
                delayNs,
                jitterNs,
                loss,
                burstStart,
                burstLength,
                share,
                byMs * 1_000_000,
                duplicate,
                rateBps,
                queueBytes);
    }

    public LinkSettings withDuplicates(double share) {
        return new LinkSettings(
                delayNs, jitterNs, loss, burstStart, burstLength, reorder, reorderNs, share, rateBps, queueBytes);
    }

    public LinkSettings withRate(long bps, int queueBytes) {
        return new LinkSettings(
                delayNs, jitterNs, loss, burstStart, burstLength, reorder, reorderNs, duplicate, bps, queueBytes);
    }
}
