package dev.stoa.conference.negotiation;

import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// New numbers and secrets of the media side, unique in the server. Thread-safe when its random source is.
public final class MediaIds {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    /// 6 bits each: 48 random bits. Longer: the server finds a transport by this alone, so it must not repeat.
    private static final int UFRAG_CHARS = 8;
    /// 144 random bits; RFC 8445 §5.3 demands 128.
    private static final int PASSWORD_CHARS = 24;

    private final AtomicLong next = new AtomicLong();
    private final RandomGenerator random;

    public MediaIds(RandomGenerator random) {
        this.random = random;
    }

    TransportId transport() {
        return new TransportId(next.incrementAndGet());
    }

    TrackId track() {
        return new TrackId(next.incrementAndGet());
    }

    SubscriptionId subscription() {
        return new SubscriptionId(next.incrementAndGet());
    }

    IceCredentials credentials() {
        return new IceCredentials(text(UFRAG_CHARS), text(PASSWORD_CHARS));
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }

    /// Never 0, which stands for "none".
    int ssrc() {
        int ssrc = random.nextInt();
        return ssrc == 0 ? 1 : ssrc;
    }

    /// Positive, as browsers want the number in `o=`.
    long sessionId() {
        return random.nextLong() >>> 2;
    }
}
