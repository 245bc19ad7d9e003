package dev.stoa.api.dashboard;

import dev.stoa.rooms.users.PasswordHashes;
import io.javalin.http.ServiceUnavailableResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106) by Bouncy Castle. Hashes are written as `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, base64 without
/// padding, so that parameters can grow and old hashes go on to match. Thread-safe.
public final class Argon2Passwords implements PasswordHashes {
    /// KiB; with two passes and one lane OWASP's least. More: dearer for who guesses, and for this server, which needs
    /// as much memory for each sign-in under way.
    private static final int MEMORY = 19_456;

    private static final int PASSES = 2;
    private static final String PARAMETERS = "$argon2id$v=19$m=" + MEMORY + ",t=" + PASSES + ",p=1$";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /// Memory and processors are for calls; sign-ins wait for each other.
    private static final int AT_ONCE = 2;

    private static final long PATIENCE_SECONDS = 10;
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{1,128})\\$([A-Za-z0-9+/]{1,128})");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore slots = new Semaphore(AT_ONCE);

    @Override
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = argon2(password, salt, MEMORY, PASSES, 1, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PARAMETERS + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /// Base64 of zeros: nobody finds a password for it.
    @Override
    public String decoy() {
        return PARAMETERS + "A".repeat(22) + "$" + "A".repeat(43);
    }

    @Override
    public boolean matches(String password, String hash) {
        Matcher parts = FORM.matcher(hash);
        if (!parts.matches()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] actual = argon2(password, salt, number(parts, 1), number(parts, 2), number(parts, 3), expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /// @throws ServiceUnavailableResponse others were first for too long
    private byte[] argon2(String password, byte[] salt, int memory, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        try {
            if (!slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ServiceUnavailableResponse("too many sign-ins at once; try again");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableResponse("the server is shutting down");
        }
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            slots.release();
        }
        return hash;
    }
}
