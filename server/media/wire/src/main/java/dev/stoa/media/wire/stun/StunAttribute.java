package dev.stoa.media.wire.stun;

/// Attribute types (RFC 8489 §18.3, RFC 8445 §16.1). Below 0x8000 a receiver must understand them.
public final class StunAttribute {
    public static final int USERNAME = 0x0006;
    public static final int MESSAGE_INTEGRITY = 0x0008;
    public static final int ERROR_CODE = 0x0009;
    public static final int UNKNOWN_ATTRIBUTES = 0x000A;
    public static final int XOR_MAPPED_ADDRESS = 0x0020;
    public static final int PRIORITY = 0x0024;
    public static final int USE_CANDIDATE = 0x0025;
    public static final int SOFTWARE = 0x8022;
    public static final int FINGERPRINT = 0x8028;
    public static final int ICE_CONTROLLED = 0x8029;
    public static final int ICE_CONTROLLING = 0x802A;

    /// Types of RFC 8489 that ask for comprehension and may be ignored here without harm: MAPPED-ADDRESS,
    /// REALM, NONCE.
    static boolean isTolerated(int type) {
        return type == 0x0001 || type == 0x0014 || type == 0x0015;
    }

    private StunAttribute() {}
}
