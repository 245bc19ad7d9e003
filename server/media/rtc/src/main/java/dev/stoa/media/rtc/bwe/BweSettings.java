package dev.stoa.media.rtc.bwe;

/// Bounds of an estimate, in bits per second of whole datagrams' payload.
///
/// @param minBps never estimated below. Lower: narrower links are respected, recovery starts from further down
/// @param startBps before anything is known. Higher: a better first picture, a worse first second on narrow links
/// @param maxBps never estimated or probed above
public record BweSettings(long minBps, long startBps, long maxBps) {
    public static final BweSettings DEFAULT = new BweSettings(50_000, 300_000, 20_000_000);

    public BweSettings {
        if (minBps < 10_000 || startBps < minBps || maxBps < startBps || maxBps > 1_000_000_000L) {
            throw new IllegalArgumentException("need 10 kbit/s <= min <= start <= max <= 1 Gbit/s");
        }
    }
}
