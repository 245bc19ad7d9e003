package dev.stoa.api.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proves to a receiver that an event is ours and of just now: `t=<Unix seconds>,v1=<hex>` where hex is the
/// HMAC-SHA256 of `<Unix seconds>.<body>`. The time is signed with the body, so that nobody can send a captured
/// event again later.
final class Signature {
    static final String HEADER = "X-Webhook-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(String key, long epochSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((epochSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + epochSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException failure) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", failure);
        }
    }
}
