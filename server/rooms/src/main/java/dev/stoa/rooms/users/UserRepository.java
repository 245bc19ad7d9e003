package dev.stoa.rooms.users;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port to where users and their sign-ins are kept. Thread-safe; calls may block. Tokens come in as hashes only.
public interface UserRepository {
    /// @param passwordHash null = invited
    /// @param invitation null = has a password
    /// @return false when somebody has this address already
    boolean add(User user, @Nullable String passwordHash, @Nullable Invitation invitation);

    /// A secret that lets set the first password, once.
    record Invitation(String tokenHash, Instant expiresAt) {}

    /// What a sign-in is checked against.
    ///
    /// @param passwordHash null = none was set so far
    record Credentials(User user, @Nullable String passwordHash) {
        /// Does not print the hash.
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    Optional<User> byId(String workspaceId, String id);

    Optional<Credentials> byEmail(String email);

    /// Oldest first.
    List<User> ofWorkspace(String workspaceId);

    /// Replaces role and `disabledAt`, unless the workspace would be left without an owner who can sign in. Ends the
    /// sign-ins of who is disabled.
    Change change(User user);

    /// How a change went.
    enum Change {
        CHANGED,
        UNKNOWN,
        LAST_OWNER
    }

    /// Sets a password and takes back what was invited; ends all sign-ins but one.
    ///
    /// @param keptTokenHash null = end all
    void setPassword(String userId, String passwordHash, @Nullable String keptTokenHash);

    /// A new invitation in place of an older one, for who has no password.
    ///
    /// @return false when there is a password
    boolean invite(String userId, Invitation invitation);

    /// Sets the first password, if the invitation is there and neither used nor over nor of a disabled user.
    ///
    /// @return who it was for
    Optional<User> accept(String tokenHash, String passwordHash, Instant now);

    void addSignIn(SignIn signIn);

    /// A person's browser.
    record SignIn(String tokenHash, String userId, Instant createdAt, Instant expiresAt) {}

    /// Who is signed in: enabled, and not over.
    Optional<SignedIn> signedIn(String tokenHash, Instant now);

    record SignedIn(User user, Instant expiresAt) {}

    void endSignIn(String tokenHash);

    /// Forgets sign-ins that were over before a time.
    ///
    /// @param limit most at once
    /// @return how many there were
    int deleteSignInsBefore(Instant time, int limit);
}
