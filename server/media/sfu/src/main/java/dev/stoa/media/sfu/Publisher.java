package dev.stoa.media.sfu;

/// Where a published track comes from: a transport of this worker, or another worker that relays it.
interface Publisher {
    Room room();

    /// Name of the publisher's streams towards subscribers (RFC 3550 §6.5.1).
    String cname();

    /// What a packet that arrives is counted as.
    SfuCounter arrivals();

    /// First packet of a track.
    void onMediaStarted(PublishedTrack track);

    void sendPli(PublishedStream stream);

    /// @param seqs low 16 bits of sequence numbers, rising
    void sendNack(PublishedStream stream, int[] seqs, int count);

    /// Scratch for sequence numbers.
    int[] nackBuffer();

    /// One of its tracks has something to do by then.
    void wakeBy(long ns);

    /// Takes a track off; its subscriptions are the caller's business.
    void unpublish(PublishedTrack track);
}
