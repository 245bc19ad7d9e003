package dev.stoa.media.sfu;

/// The earliest of many times; Long.MAX_VALUE = none.
final class Deadline {
    private long ns = Long.MAX_VALUE;

    void atLatest(long ns) {
        this.ns = Math.min(this.ns, ns);
    }

    void clear() {
        ns = Long.MAX_VALUE;
    }

    long ns() {
        return ns;
    }
}
