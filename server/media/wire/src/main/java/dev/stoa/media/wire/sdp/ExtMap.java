package dev.stoa.media.wire.sdp;

/// `a=extmap` (RFC 8285 §8): header extension `uri` travels under `id`, 1 to 14 with one-byte headers.
///
/// @param direction `SENDRECV` when the line names none
/// @param attributes what follows the URI, empty mostly
public record ExtMap(int id, Direction direction, String uri, String attributes) {
    public ExtMap(int id, String uri) {
        this(id, Direction.SENDRECV, uri, "");
    }
}
