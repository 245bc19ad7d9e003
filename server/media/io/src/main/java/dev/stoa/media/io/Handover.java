package dev.stoa.media.io;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.sfu.relay.RecordRing;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.PacketKind;
import dev.stoa.media.wire.stun.StunMessage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One worker's part in sharing a port: gives what is another's to it, and takes what others give. The answer leaves
/// from
/// the owner's socket, which has the same port. Owned by the worker's thread.
///
/// ```
///  0 address, 16 bytes | 16 port | 20 TCP connection | 24 datagram
/// ```
final class Handover {
    private static final int DATAGRAM = 1;
    private static final int CLOSED = 2;
    private static final int HEAD_BYTES = 24;

    private final int self;
    private final Owners owners;
    private final RecordRing.@Nullable Writer[] out;
    private final List<RecordRing.Reader> in = new ArrayList<>();
    private final StunMessage stun = new StunMessage();
    private int reading;
    private long given;
    private long lost;

    Handover(int self, Owners owners, int workers) {
        this.self = self;
        this.owners = owners;
        this.out = new RecordRing.Writer[workers];
    }

    void to(int worker, RecordRing.Writer writer) {
        out[worker] = writer;
    }

    void from(RecordRing.Reader reader) {
        in.add(reader);
    }

    /// True when the datagram was another worker's and is off our hands.
    boolean give(Remote remote, MemorySegment buffer, long offset, int length) {
        RecordRing.Writer owner = owner(remote, buffer, offset, length);
        if (owner == null) {
            return false;
        }
        long at = begin(owner, DATAGRAM, remote, length);
        if (at >= 0) {
            MemorySegment.copy(buffer, offset, owner.slab(), at + HEAD_BYTES, length);
            owner.commit();
        }
        return true;
    }

    /// True when the lost TCP connection was another worker's.
    boolean giveClosed(Remote remote) {
        RecordRing.Writer owner = other(owners.ofRemote(remote));
        if (owner == null) {
            return false;
        }
        if (begin(owner, CLOSED, remote, 0) >= 0) {
            owner.commit();
        }
        return true;
    }

    private long begin(RecordRing.Writer owner, int kind, Remote remote, int length) {
        long at = owner.claim(kind, HEAD_BYTES + length);
        if (at < 0) {
            lost++;
            return at;
        }
        given++;
        MemorySegment slab = owner.slab();
        slab.set(ValueLayout.JAVA_LONG, at, remote.high());
        slab.set(ValueLayout.JAVA_LONG, at + 8, remote.low());
        slab.set(ValueLayout.JAVA_INT, at + 16, remote.port());
        slab.set(ValueLayout.JAVA_INT, at + 20, remote.connection());
        return at;
    }

    /// Null when it is ours, or nobody's: then we drop and count it.
    private RecordRing.@Nullable Writer owner(Remote remote, MemorySegment buffer, long offset, int length) {
        if (length == 0) {
            return null;
        }
        return PacketKind.of(Wire.u8(buffer, offset)) == PacketKind.STUN
                ? other(ofCheck(buffer, offset, length))
                : other(owners.ofRemote(remote));
    }

    private int ofCheck(MemorySegment buffer, long offset, int length) {
        if (!stun.wrap(buffer, offset, length) || !stun.hasUsername()) {
            return Owners.NOBODY;
        }
        String username = stun.username();
        int colon = username.indexOf(':');
        return colon < 0 ? Owners.NOBODY : owners.ofUfrag(username.substring(0, colon));
    }

    private RecordRing.@Nullable Writer other(int worker) {
        return worker == Owners.NOBODY || worker == self ? null : out[worker];
    }

    /// Goes to the next datagram or closed connection others gave, and writes where it came from into `from`.
    boolean next(Remote from) {
        for (int tried = 0; tried < in.size(); tried++) {
            RecordRing.Reader reader = in.get(reading);
            if (reader.next()) {
                MemorySegment slab = reader.slab();
                long at = reader.offset();
                from.set(
                        slab.get(ValueLayout.JAVA_LONG, at),
                        slab.get(ValueLayout.JAVA_LONG, at + 8),
                        slab.get(ValueLayout.JAVA_INT, at + 16),
                        slab.get(ValueLayout.JAVA_INT, at + 20));
                return true;
            }
            reading = (reading + 1) % in.size();
        }
        return false;
    }

    boolean isClosed() {
        return in.get(reading).kind() == CLOSED;
    }

    MemorySegment slab() {
        return in.get(reading).slab();
    }

    long offset() {
        return in.get(reading).offset() + HEAD_BYTES;
    }

    int length() {
        return in.get(reading).length() - HEAD_BYTES;
    }

    /// Frees the present one.
    void free() {
        in.get(reading).free();
    }

    /// True when others gave nothing; ordered with volatile accesses.
    boolean isEmpty() {
        for (int i = 0; i < in.size(); i++) {
            if (!in.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// Datagrams given away. Other threads may read a value that is a little old.
    long given() {
        return given;
    }

    /// Datagrams that found the ring full. Other threads may read a value that is a little old.
    long lost() {
        return lost;
    }
}
