package dev.stoa.media.sim;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import java.util.random.RandomGenerator;

/// What a [SimPeer] is made of.
///
/// @param server the server's candidate
/// @param local the peer's ICE credentials
/// @param remote the server's
/// @param dtls client side
/// @param dtlsRetry starts or repeats the handshake; called until it is done, about every 100 ms
/// @param out the peer's own way to the network
/// @param random seeded
public record SimPeerConfig(
        Remote server,
        IceCredentials local,
        IceCredentials remote,
        DtlsEndpoint dtls,
        Runnable dtlsRetry,
        SrtpCiphers ciphers,
        DatagramOut out,
        RandomGenerator random) {}
