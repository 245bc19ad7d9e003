package dev.stoa.media.sfu;

/// What one IP address may make a worker do before it has proved anything: a token bucket of each kind. The defaults
/// let some thousand people behind one address (NAT) begin within seconds; what is refused is repeated by
/// clients (RFC 8445 §14.3, RFC 6347 §4.2.4.1).
///
/// @param checksPerSecond connectivity checks from paths that belong to nobody yet, in the long run
/// @param checksAtOnce the same at once
/// @param handshakesPerSecond DTLS handshakes begun, in the long run
/// @param handshakesAtOnce the same at once
/// @param secret decides which addresses share a bucket by chance; unknown outside
public record AddressLimits(
        int checksPerSecond, int checksAtOnce, int handshakesPerSecond, int handshakesAtOnce, long secret) {
    public static final AddressLimits DEFAULT = of(5_000, 500, 0x5DEE_CE66_D1A4_F087L);

    /// Twice as much at once as in a second.
    public static AddressLimits of(int checksPerSecond, int handshakesPerSecond, long secret) {
        return new AddressLimits(
                checksPerSecond, 2 * checksPerSecond, handshakesPerSecond, 2 * handshakesPerSecond, secret);
    }
}
