package dev.stoa.media.wire.sdp;

import java.util.List;

/// `a=ssrc-group` (RFC 5576 §4.2): `FID` pairs a stream with its RTX stream, `SIM` lists simulcast layers.
public record SsrcGroup(String semantics, List<Integer> ssrcs) {
    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }
}
