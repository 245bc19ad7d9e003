package dev.stoa.rooms.users;

/// Port to a slow hash made for passwords. Thread-safe; calls take a good part of a tenth of a second.
public interface PasswordHashes {
    /// The hash with its salt and parameters.
    String hash(String password);

    /// A hash that belongs to no password, and takes as long to check as another.
    String decoy();

    boolean matches(String password, String hash);
}
