package dev.stoa.media.rtc.sctp;

/// Error cause codes (RFC 9260 §3.3.10).
final class ErrorCause {
    static final int INVALID_STREAM = 1;
    static final int MISSING_PARAMETER = 2;
    static final int STALE_COOKIE = 3;
    static final int OUT_OF_RESOURCE = 4;
    static final int UNRECOGNIZED_CHUNK = 6;
    static final int NO_USER_DATA = 9;
    static final int USER_INITIATED_ABORT = 12;
    static final int PROTOCOL_VIOLATION = 13;

    private ErrorCause() {}
}
