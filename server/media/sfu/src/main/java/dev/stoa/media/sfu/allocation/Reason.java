package dev.stoa.media.sfu.allocation;

/// Why a video is sent in the quality it is sent in.
public enum Reason {
    /// As good as wanted, or as it can be had.
    AS_WANTED,
    /// The subscriber wants none of it.
    NOT_WANTED,
    /// The publisher sends nothing.
    NOT_SENT,
    /// A better one does not fit into the estimate.
    BANDWIDTH,
    /// A better one fits, but has not for long enough.
    WAITING,
    /// Not even the cheapest fits, but that may pass, or the role wants no video switched off.
    GRACE,
    /// Not even the cheapest fits.
    SWITCHED_OFF
}
