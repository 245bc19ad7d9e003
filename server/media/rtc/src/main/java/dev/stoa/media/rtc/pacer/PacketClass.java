package dev.stoa.media.rtc.pacer;

/// What a packet is to the pacer, most urgent first.
public enum PacketClass {
    /// Never waits.
    AUDIO,
    /// A gap to fill goes before what comes after the gap.
    RETRANSMISSION,
    VIDEO
}
