package dev.stoa.rooms.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Random secrets that are kept as hashes: with some 380 bits a fast hash is enough.
public final class Tokens {
    private static final String FORGERY = "stoa csrf ";

    private Tokens() {}

    static String hash(String token) {
        return sha256(token);
    }

    /// What a page has to say with each change to show that it can read answers of this server, which other sites
    /// cannot: the sign-in's cookie is sent by the browser for any site.
    public static String forgeryToken(String token) {
        return sha256(FORGERY + token);
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every JDK", missing);
        }
    }
}
