package dev.stoa.media.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// Bouncy Castle's primitives with a GHASH that needs no table. The usual one keeps 10 kB per key, so 40 kB per peer,
/// to
/// be faster at what a DTLS association hardly does: after the handshake only the data channel's few messages pass.
final class SmallTablesCrypto extends BcTlsCrypto {
    SmallTablesCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    protected AEADBlockCipher createGCMMode(BlockCipher engine) {
        return GCMBlockCipher.newInstance(engine, new BasicGCMMultiplier());
    }
}
