package dev.stoa.rooms.ids;

import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Identifiers from a random generator and a clock given by the caller.
///
/// An object id is, most significant first:
/// ```
/// | 4 bytes seconds since 1970 | 5 bytes random, fixed per instance | 3 bytes counter |
/// ```
/// Production gives a cryptographic generator, since room codes and secrets open doors; tests give a seeded one.
public final class RandomIds implements IdSource {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String SECRET_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SECRET_LENGTH = 64;
    private static final HexFormat HEX = HexFormat.of();

    private final RandomGenerator random;
    private final TimeSource time;
    private final String instance;
    private final AtomicInteger counter = new AtomicInteger();

    /// @param random must be thread-safe
    public RandomIds(RandomGenerator random, TimeSource time) {
        this.random = random;
        this.time = time;
        this.instance = HEX.toHexDigits(random.nextLong(), 10);
    }

    @Override
    public String objectId() {
        return HEX.toHexDigits(time.now().getEpochSecond(), 8)
                + instance
                + HEX.toHexDigits(counter.getAndIncrement() & 0xFF_FFFF, 6);
    }

    @Override
    public String uuid() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    @Override
    public String roomCode() {
        return pick(LETTERS, 3) + "-" + pick(LETTERS, 4) + "-" + pick(LETTERS, 3);
    }

    @Override
    public String secret() {
        return pick(SECRET_CHARACTERS, SECRET_LENGTH);
    }

    private String pick(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
