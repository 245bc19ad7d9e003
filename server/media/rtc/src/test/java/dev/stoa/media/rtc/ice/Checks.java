package dev.stoa.media.rtc.ice;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.wire.stun.StunKey;
import dev.stoa.media.wire.stun.StunWriter;
import java.lang.foreign.MemorySegment;

/// Binding requests as a full agent sends them (RFC 8445 §7.1).
public final class Checks {
    public static final byte[] TRANSACTION = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    private Checks() {}

    public static MemorySegment check(IceCredentials to) {
        return finished(request(to.ufrag() + ":peer").iceControlling(42), to);
    }

    public static MemorySegment nominating(IceCredentials to) {
        return finished(request(to.ufrag() + ":peer").iceControlling(42).useCandidate(), to);
    }

    public static MemorySegment controlled(IceCredentials to) {
        return finished(request(to.ufrag() + ":peer").iceControlled(42), to);
    }

    public static StunWriter request(String username) {
        MemorySegment buffer = MemorySegment.ofArray(new byte[256]);
        last = buffer;
        return new StunWriter()
                .beginRequest(buffer, 0, 256, TRANSACTION)
                .username(username)
                .priority(99);
    }

    public static MemorySegment finished(StunWriter writer, IceCredentials key) {
        return slice(writer.integrity(new StunKey(key.password())).fingerprint());
    }

    /// Ends a message as it is, without integrity.
    public static MemorySegment slice(StunWriter writer) {
        return last.asSlice(0, writer.finish());
    }

    public static Remote remote(int port) {
        return new Remote().setIpv4(0x7F00_0001, port);
    }

    private static MemorySegment last = MemorySegment.NULL;
}
