package dev.stoa.media.wire.stun;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// View of one STUN message (RFC 8489 §5, ICE attributes RFC 8445 §16.1). Reusable; one thread at a time.
/// The first attribute of a type counts; after MESSAGE-INTEGRITY only FINGERPRINT is looked at (§14.5).
/// Nothing here is trustworthy before [#verifyIntegrity].
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |0 0|     STUN Message Type     |         Message Length        |
/// |                         Magic Cookie                          |
/// |                     Transaction ID (96 bits)                  |
/// ```
public final class StunMessage {
    /// Bytes before the attributes.
    public static final int HEADER = 20;
    public static final int MAGIC_COOKIE = 0x2112A442;
    public static final int TRANSACTION_ID = 12;
    /// The only method ICE uses.
    public static final int BINDING = 1;

    private static final int MAX_UNKNOWN = 8;

    private final int[] unknown = new int[MAX_UNKNOWN];
    private MemorySegment buf = MemorySegment.NULL;
    private long offset;
    private int length;
    private int unknownCount;
    /// Relative offsets of attribute headers, 0 when absent.
    private int username;
    private int priority;
    private int useCandidate;
    private int controlling;
    private int controlled;
    private int mappedAddress;
    private int errorCode;
    private int software;
    private int integrity;
    private int fingerprint;

    /// Quick look: top bits 00, magic cookie, length a multiple of 4 that fills the datagram.
    public static boolean isStun(MemorySegment buf, long offset, int length) {
        return length >= HEADER
                && Wire.inside(buf, offset, length)
                && Wire.u8(buf, offset) < 0x40
                && Wire.i32(buf, offset + 4) == MAGIC_COOKIE
                && (Wire.u16(buf, offset + 2) & 3) == 0
                && Wire.u16(buf, offset + 2) == length - HEADER;
    }

    /// False when it is not STUN or an attribute does not fit; known attributes must have their exact size.
    public boolean wrap(MemorySegment buf, long offset, int length) {
        clear();
        if (!isStun(buf, offset, length)) {
            return false;
        }
        this.buf = buf;
        this.offset = offset;
        this.length = length;
        if (index()) {
            return true;
        }
        clear();
        return false;
    }

    private void clear() {
        buf = MemorySegment.NULL;
        offset = 0;
        length = 0;
        unknownCount = 0;
        username = 0;
        priority = 0;
        useCandidate = 0;
        controlling = 0;
        controlled = 0;
        mappedAddress = 0;
        errorCode = 0;
        software = 0;
        integrity = 0;
        fingerprint = 0;
    }

    private boolean index() {
        int at = HEADER;
        while (at < length) {
            // FINGERPRINT must be the last attribute (§14.7).
            if (length - at < 4 || fingerprint != 0) {
                return false;
            }
            int type = Wire.u16(buf, offset + at);
            int size = Wire.u16(buf, offset + at + 2);
            if (size > length - at - 4 || !note(type, size, at)) {
                return false;
            }
            at += 4 + (size + 3) / 4 * 4;
        }
        return true;
    }

    private boolean note(int type, int size, int at) {
        if (type == StunAttribute.FINGERPRINT) {
            fingerprint = at;
            return size == 4;
        }
        if (integrity != 0) {
            return true;
        }
        switch (type) {
            case StunAttribute.USERNAME -> {
                username = first(username, at);
                return size <= 513;
            }
            case StunAttribute.PRIORITY -> {
                priority = first(priority, at);
                return size == 4;
            }
            case StunAttribute.USE_CANDIDATE -> {
                useCandidate = first(useCandidate, at);
                return size == 0;
            }
            case StunAttribute.ICE_CONTROLLING -> {
                controlling = first(controlling, at);
                return size == 8;
            }
            case StunAttribute.ICE_CONTROLLED -> {
                controlled = first(controlled, at);
                return size == 8;
            }
            case StunAttribute.XOR_MAPPED_ADDRESS -> {
                mappedAddress = first(mappedAddress, at);
                return isAddress(size, at);
            }
            case StunAttribute.ERROR_CODE -> {
                errorCode = first(errorCode, at);
                return size >= 4;
            }
            case StunAttribute.SOFTWARE -> software = first(software, at);
            case StunAttribute.MESSAGE_INTEGRITY -> {
                integrity = at;
                return size == StunKey.SIZE;
            }
            default -> noteUnknown(type);
        }
        return true;
    }

    private static int first(int present, int at) {
        return present == 0 ? at : present;
    }

    private boolean isAddress(int size, int at) {
        if (size < 8) {
            return false;
        }
        int family = Wire.u8(buf, offset + at + 5);
        return family == 1 && size == 8 || family == 2 && size == 20;
    }

    private void noteUnknown(int type) {
        boolean matters = type < 0x8000 && type != StunAttribute.UNKNOWN_ATTRIBUTES && !StunAttribute.isTolerated(type);
        if (matters && unknownCount < MAX_UNKNOWN) {
            unknown[unknownCount++] = type;
        }
    }

    /// The 12-bit method; [#BINDING] is all that ICE knows.
    public int method() {
        int type = Wire.u16(buf, offset);
        return type & 0x0F | type >>> 1 & 0x70 | type >>> 2 & 0xF80;
    }

    public StunClass messageClass() {
        int type = Wire.u16(buf, offset);
        return StunClass.ofBits(type >>> 7 & 2 | type >>> 4 & 1);
    }

    public boolean isBindingRequest() {
        return method() == BINDING && messageClass() == StunClass.REQUEST;
    }

    /// A copy of the 12 bytes.
    public byte[] transactionId() {
        return bytes(8, TRANSACTION_ID);
    }

    /// Whether the transaction is the one with these 12 bytes; allocates nothing.
    public boolean hasTransactionId(byte[] id) {
        for (int i = 0; i < TRANSACTION_ID; i++) {
            if ((byte) Wire.u8(buf, offset + 8 + i) != id[i]) {
                return false;
            }
        }
        return true;
    }

    public boolean hasUsername() {
        return username != 0;
    }

    /// `ours:theirs` fragments in ICE (RFC 8445 §7.2.2); empty when absent.
    public String username() {
        return text(username, 4);
    }

    /// Whether USERNAME is exactly this ASCII text; allocates nothing.
    public boolean hasUsername(String ascii) {
        if (username == 0 || size(username) != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (Wire.u8(buf, offset + username + 4 + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Candidate priority, 0 to 2^32 - 1; -1 when absent.
    public long priority() {
        return priority == 0 ? -1 : Wire.u32(buf, offset + priority + 4);
    }

    /// Whether the controlling side nominates this pair.
    public boolean useCandidate() {
        return useCandidate != 0;
    }

    public boolean hasIceControlling() {
        return controlling != 0;
    }

    public boolean hasIceControlled() {
        return controlled != 0;
    }

    /// Tie breaker of ICE-CONTROLLING or else of ICE-CONTROLLED; 0 when both are absent.
    public long tieBreaker() {
        int at = controlling != 0 ? controlling : controlled;
        return at == 0 ? 0 : Wire.i64(buf, offset + at + 4);
    }

    public boolean hasMappedAddress() {
        return mappedAddress != 0;
    }

    /// First 8 bytes of XOR-MAPPED-ADDRESS as IPv6, IPv4 being mapped (RFC 4291 §2.5.5.2); 0 when absent.
    public long mappedHigh() {
        if (mappedAddress == 0 || isMappedIpv4()) {
            return 0;
        }
        long mask = (long) MAGIC_COOKIE << 32 | Wire.u32(buf, offset + 8);
        return Wire.i64(buf, offset + mappedAddress + 8) ^ mask;
    }

    /// Last 8 bytes of XOR-MAPPED-ADDRESS; 0 when absent.
    public long mappedLow() {
        if (mappedAddress == 0) {
            return 0;
        }
        if (isMappedIpv4()) {
            return 0x0000_FFFF_0000_0000L
                    | Integer.toUnsignedLong(Wire.i32(buf, offset + mappedAddress + 8) ^ MAGIC_COOKIE);
        }
        return Wire.i64(buf, offset + mappedAddress + 16) ^ Wire.i64(buf, offset + 12);
    }

    /// Port of XOR-MAPPED-ADDRESS; -1 when absent.
    public int mappedPort() {
        return mappedAddress == 0 ? -1 : Wire.u16(buf, offset + mappedAddress + 6) ^ MAGIC_COOKIE >>> 16;
    }

    private boolean isMappedIpv4() {
        return Wire.u8(buf, offset + mappedAddress + 5) == 1;
    }

    /// 300 to 699 by RFC 8489 §14.8, though any sender may write 0 to 799; -1 when absent.
    public int errorCode() {
        if (errorCode == 0) {
            return -1;
        }
        return (Wire.u8(buf, offset + errorCode + 6) & 7) * 100 + Wire.u8(buf, offset + errorCode + 7);
    }

    /// Reason phrase of ERROR-CODE; empty when absent.
    public String errorReason() {
        return text(errorCode, 8);
    }

    /// Empty when absent.
    public String software() {
        return text(software, 4);
    }

    /// Attributes before MESSAGE-INTEGRITY that must be understood and are not: to be refused with 420
    /// (RFC 8489 §6.3.1). At most 8 are remembered.
    public int unknownRequiredCount() {
        return unknownCount;
    }

    /// A type, `index` 0 to [#unknownRequiredCount()] - 1.
    public int unknownRequired(int index) {
        return unknown[index];
    }

    public boolean hasIntegrity() {
        return integrity != 0;
    }

    /// Whether MESSAGE-INTEGRITY is present and made with this key (RFC 8489 §14.5). Compares in constant time.
    public boolean verifyIntegrity(StunKey key) {
        return integrity != 0
                && MessageDigest.isEqual(key.sign(buf, offset, integrity), bytes(integrity + 4, StunKey.SIZE));
    }

    public boolean hasFingerprint() {
        return fingerprint != 0;
    }

    /// Whether FINGERPRINT is present and right (RFC 8489 §14.7).
    public boolean verifyFingerprint() {
        return fingerprint != 0
                && Wire.i32(buf, offset + fingerprint + 4) == Crc32.fingerprint(buf, offset, fingerprint);
    }

    private int size(int attribute) {
        return Wire.u16(buf, offset + attribute + 2);
    }

    private String text(int attribute, int skip) {
        if (attribute == 0) {
            return "";
        }
        return new String(bytes(attribute + skip, size(attribute) + 4 - skip), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int from, int count) {
        return buf.asSlice(offset + from, count).toArray(ValueLayout.JAVA_BYTE);
    }
}
