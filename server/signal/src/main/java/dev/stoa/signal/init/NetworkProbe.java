package dev.stoa.signal.init;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.util.Random;

/// A download of fixed size by which clients estimate their bandwidth before joining.
final class NetworkProbe {
    static final String PATH = "/v2/network-probe";

    /// 256 KiB last 0.8 s at 2.5 Mbit/s, the best score's threshold. Random, so that nothing on the way compresses it.
    private static final byte[] BODY = new byte[256 * 1024];

    static {
        new Random(7).nextBytes(BODY);
    }

    private NetworkProbe() {}

    static void serve(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        ctx.contentType("application/octet-stream").result(new ByteArrayInputStream(BODY));
    }
}
