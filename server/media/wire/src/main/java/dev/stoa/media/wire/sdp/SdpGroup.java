package dev.stoa.media.wire.sdp;

import java.util.List;

/// `a=group` (RFC 5888 §5), such as BUNDLE with the mids of the sections that share a transport.
public record SdpGroup(String semantics, List<String> mids) {
    public SdpGroup {
        mids = List.copyOf(mids);
    }
}
