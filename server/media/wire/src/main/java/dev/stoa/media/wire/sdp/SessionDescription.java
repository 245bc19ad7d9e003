package dev.stoa.media.wire.sdp;

import java.util.List;
import java.util.Optional;

/// A whole description (RFC 8866 §5). Immutable.
///
/// @param name the `s=` line, `-` in practice
/// @param groups `a=group` lines in order
/// @param msidSemantic value of `a=msid-semantic`, for example `WMS *`; empty when absent
/// @param iceLite `a=ice-lite` (RFC 8839 §5.3)
/// @param transport fallback for sections that lack such attributes; see [#transport(MediaDescription)]
/// @param attributes session attributes not read into a field, in order
public record SessionDescription(
        Origin origin,
        String name,
        List<SdpGroup> groups,
        String msidSemantic,
        boolean iceLite,
        TransportDescription transport,
        List<SdpAttribute> attributes,
        List<MediaDescription> media) {
    public SessionDescription {
        groups = List.copyOf(groups);
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /// Mids of the first BUNDLE group (RFC 9143 §7); empty when there is none.
    public List<String> bundle() {
        return groups.stream()
                .filter(g -> g.semantics().equals("BUNDLE"))
                .findFirst()
                .map(SdpGroup::mids)
                .orElse(List.of());
    }

    /// ICE and DTLS attributes of a section with those of the session filled in.
    public TransportDescription transport(MediaDescription section) {
        return section.transport().orElse(transport);
    }

    public Optional<MediaDescription> mediaByMid(String mid) {
        return media.stream().filter(m -> m.mid().equals(mid)).findFirst();
    }

    /// Whether the session has an attribute of this name that has no field here.
    public boolean hasAttribute(String name) {
        return attributes.stream().anyMatch(a -> a.name().equals(name));
    }
}
