package dev.stoa.media.wire.stun;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Writes one STUN message (RFC 8489 §5): `begin`, attributes, [#integrity], [#fingerprint], [#finish].
/// An attribute that does not fit makes [#finish] return -1. Reusable; one thread at a time.
public final class StunWriter {
    private MemorySegment buf = MemorySegment.NULL;
    private long offset;
    private int capacity;
    private int length;
    private boolean overflow;

    /// Starts a binding request (RFC 8445 §7.1).
    ///
    /// @param transactionId 12 random bytes
    public StunWriter beginRequest(MemorySegment buf, long offset, int capacity, byte[] transactionId) {
        return begin(buf, offset, capacity, 0x0001, transactionId);
    }

    /// Starts a binding success response; `transactionId` is the request's.
    public StunWriter beginSuccess(MemorySegment buf, long offset, int capacity, byte[] transactionId) {
        return begin(buf, offset, capacity, 0x0101, transactionId);
    }

    /// Starts a binding error response; add [#errorCode].
    public StunWriter beginError(MemorySegment buf, long offset, int capacity, byte[] transactionId) {
        return begin(buf, offset, capacity, 0x0111, transactionId);
    }

    private StunWriter begin(MemorySegment buf, long offset, int capacity, int type, byte[] transactionId) {
        this.buf = buf;
        this.offset = offset;
        this.capacity = Wire.inside(buf, offset, capacity) ? capacity : 0;
        this.length = StunMessage.HEADER;
        this.overflow = this.capacity < StunMessage.HEADER || transactionId.length != StunMessage.TRANSACTION_ID;
        if (!overflow) {
            Wire.put16(buf, offset, type);
            Wire.put16(buf, offset + 2, 0);
            Wire.put32(buf, offset + 4, StunMessage.MAGIC_COOKIE);
            put(offset + 8, transactionId);
        }
        return this;
    }

    /// At most 513 bytes of UTF-8 (RFC 8489 §14.3).
    public StunWriter username(String username) {
        return text(StunAttribute.USERNAME, username);
    }

    /// 1 to 2^31 - 1 (RFC 8445 §5.1.2).
    public StunWriter priority(long priority) {
        return int32(StunAttribute.PRIORITY, (int) priority);
    }

    /// Nominates the pair (RFC 8445 §7.1.2).
    public StunWriter useCandidate() {
        attribute(StunAttribute.USE_CANDIDATE, 0);
        return this;
    }

    public StunWriter iceControlling(long tieBreaker) {
        return int64(StunAttribute.ICE_CONTROLLING, tieBreaker);
    }

    public StunWriter iceControlled(long tieBreaker) {
        return int64(StunAttribute.ICE_CONTROLLED, tieBreaker);
    }

    /// XOR-MAPPED-ADDRESS (RFC 8489 §14.2) of an IPv6 address as two longs; an IPv4-mapped one is written as IPv4.
    public StunWriter xorMappedAddress(long high, long low, int port) {
        boolean ipv4 = high == 0 && low >>> 32 == 0xFFFF;
        long at = attribute(StunAttribute.XOR_MAPPED_ADDRESS, ipv4 ? 8 : 20);
        if (at < 0) {
            return this;
        }
        Wire.put16(buf, at, ipv4 ? 1 : 2);
        Wire.put16(buf, at + 2, port ^ StunMessage.MAGIC_COOKIE >>> 16);
        if (ipv4) {
            Wire.put32(buf, at + 4, (int) low ^ StunMessage.MAGIC_COOKIE);
        } else {
            Wire.put64(buf, at + 4, high ^ Wire.i64(buf, offset + 4));
            Wire.put64(buf, at + 12, low ^ Wire.i64(buf, offset + 12));
        }
        return this;
    }

    /// @param code 300 to 699
    /// @param reason for people, at most 509 bytes of UTF-8
    public StunWriter errorCode(int code, String reason) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        long at = attribute(StunAttribute.ERROR_CODE, 4 + utf8.length);
        if (at >= 0) {
            Wire.put16(buf, at, 0);
            Wire.put8(buf, at + 2, code / 100);
            Wire.put8(buf, at + 3, code % 100);
            put(at + 4, utf8);
        }
        return this;
    }

    /// The types a request asked to understand and we did not, for an error 420 (RFC 8489 §14.9).
    public StunWriter unknownAttributes(StunMessage request) {
        int count = request.unknownRequiredCount();
        long at = attribute(StunAttribute.UNKNOWN_ATTRIBUTES, 2 * count);
        for (int i = 0; at >= 0 && i < count; i++) {
            Wire.put16(buf, at + 2L * i, request.unknownRequired(i));
        }
        return this;
    }

    /// Name of the implementation.
    public StunWriter software(String software) {
        return text(StunAttribute.SOFTWARE, software);
    }

    /// MESSAGE-INTEGRITY over all written so far (RFC 8489 §14.5); only FINGERPRINT may follow.
    public StunWriter integrity(StunKey key) {
        int covered = length;
        long at = attribute(StunAttribute.MESSAGE_INTEGRITY, StunKey.SIZE);
        if (at >= 0) {
            put(at, key.sign(buf, offset, covered));
        }
        return this;
    }

    /// FINGERPRINT over all written so far (RFC 8489 §14.7); nothing may follow.
    public StunWriter fingerprint() {
        int covered = length;
        long at = attribute(StunAttribute.FINGERPRINT, 4);
        if (at >= 0) {
            Wire.put32(buf, at, Crc32.fingerprint(buf, offset, covered));
        }
        return this;
    }

    /// Bytes of the message, or -1 when it did not fit.
    public int finish() {
        return overflow ? -1 : length;
    }

    private StunWriter int32(int type, int value) {
        long at = attribute(type, 4);
        if (at >= 0) {
            Wire.put32(buf, at, value);
        }
        return this;
    }

    private StunWriter int64(int type, long value) {
        long at = attribute(type, 8);
        if (at >= 0) {
            Wire.put64(buf, at, value);
        }
        return this;
    }

    private StunWriter text(int type, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        long at = attribute(type, utf8.length);
        if (at >= 0) {
            put(at, utf8);
        }
        return this;
    }

    private void put(long at, byte[] bytes) {
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buf, at, bytes.length);
    }

    /// Writes type, length and padding, keeps the header's length right; returns where the value goes, or -1.
    private long attribute(int type, int size) {
        int padded = (size + 3) / 4 * 4;
        if (overflow || length + 4 + padded > capacity) {
            overflow = true;
            return -1;
        }
        long at = offset + length;
        Wire.put16(buf, at, type);
        Wire.put16(buf, at + 2, size);
        for (int i = size; i < padded; i++) {
            Wire.put8(buf, at + 4 + i, 0);
        }
        length += 4 + padded;
        Wire.put16(buf, offset + 2, length - StunMessage.HEADER);
        return at + 4;
    }
}
