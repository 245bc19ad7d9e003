package dev.stoa.media.rtc;

import dev.stoa.media.rtc.sctp.SctpAssociation;

/// Makes the SCTP association of a transport. Called by the transport's owner when the transport is made.
@FunctionalInterface
public interface SctpFactory {
    SctpAssociation create(SctpAssociation.Listener listener);
}
