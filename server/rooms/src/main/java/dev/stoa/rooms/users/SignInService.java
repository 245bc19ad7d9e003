package dev.stoa.rooms.users;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Who is who: passwords against tokens that browsers keep. Thread-safe; calls may block (database, hashing).
public final class SignInService {
    public static final Duration VALIDITY = Duration.ofHours(12);

    private final UserRepository users;
    private final PasswordHashes hashes;
    private final IdSource ids;
    private final TimeSource time;

    public SignInService(UserRepository users, PasswordHashes hashes, IdSource ids, TimeSource time) {
        this.users = users;
        this.hashes = hashes;
        this.ids = ids;
        this.time = time;
    }

    /// @param token the only time it is told; the database has its hash
    public record SignedIn(User user, String token, Instant expiresAt) {
        /// Does not print the token.
        @Override
        public String toString() {
            return "SignedIn[" + user + "]";
        }
    }

    /// Empty whatever is wrong: unknown, disabled, invited, or another password. Who guesses learns nothing.
    public Optional<SignedIn> signIn(String email, String password) {
        Optional<UserRepository.Credentials> known = users.byEmail(email);
        // An unknown address takes as long as a wrong password.
        String hash = known.map(UserRepository.Credentials::passwordHash).orElseGet(hashes::decoy);
        boolean matches = hashes.matches(password, hash);
        boolean may = known.filter(found -> found.user().enabled() && found.passwordHash() != null)
                .isPresent();
        return matches && may ? Optional.of(begin(known.get().user())) : Optional.empty();
    }

    private SignedIn begin(User user) {
        String token = ids.secret();
        Instant now = now();
        Instant end = now.plus(VALIDITY);
        users.addSignIn(new UserRepository.SignIn(Tokens.hash(token), user.id(), now, end));
        return new SignedIn(user, token, end);
    }

    public Optional<UserRepository.SignedIn> signedIn(String token) {
        return users.signedIn(Tokens.hash(token), now());
    }

    public void signOut(String token) {
        users.endSignIn(Tokens.hash(token));
    }

    /// Ends all sign-ins of the user but the one it is asked by.
    public Outcome<User> changePassword(User user, String token, String old, String password) {
        Optional<String> hash = users.byEmail(user.email()).map(UserRepository.Credentials::passwordHash);
        if (!hashes.matches(old, hash.orElseGet(hashes::decoy)) || hash.isEmpty()) {
            return Outcome.forbidden("the old password is wrong");
        }
        users.setPassword(user.id(), hashes.hash(password), Tokens.hash(token));
        return Outcome.done(user);
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
