package dev.stoa.media.wire.rtcp;

/// What one packet of a compound is, checked for its structure.
public enum RtcpKind {
    SENDER_REPORT,
    RECEIVER_REPORT,
    SDES,
    BYE,
    APP,
    NACK,
    TRANSPORT_CC,
    PLI,
    FIR,
    REMB,
    EXTENDED_REPORT,
    /// A well-formed packet of a type or format this module does not read.
    OTHER,
    /// A known type whose body is too short for what it claims.
    MALFORMED
}
