package dev.stoa.rooms.users;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be done with the users of a workspace. Thread-safe; calls may block (database, hashing).
public final class UserService {
    public static final Duration INVITATION = Duration.ofDays(7);
    public static final int MAX_USERS = 500;

    private final UserRepository users;
    private final PasswordHashes hashes;
    private final IdSource ids;
    private final TimeSource time;

    public UserService(UserRepository users, PasswordHashes hashes, IdSource ids, TimeSource time) {
        this.users = users;
        this.hashes = hashes;
        this.ids = ids;
        this.time = time;
    }

    /// An invited user; the only time the token is told.
    public record Invited(User user, String token, Instant expiresAt) {
        /// Does not print the token.
        @Override
        public String toString() {
            return "Invited[" + user + "]";
        }
    }

    /// Oldest first, disabled and invited ones too.
    public List<User> list(String workspaceId) {
        return users.ofWorkspace(workspaceId);
    }

    /// A user with a password, as the command line makes them.
    public Outcome<User> create(String workspaceId, String email, UserRole role, String password) {
        User user = new User(ids.objectId(), workspaceId, email, role, true, now(), null);
        return full(workspaceId)
                ? tooMany()
                : users.add(user, hashes.hash(password), null) ? Outcome.done(user) : taken();
    }

    /// A user who sets a password by the token in the answer. Whoever was invited before and has not come gets a new
    /// token; the old one is void.
    ///
    /// @param by role of who invites; may not give more than it is
    public Outcome<Invited> invite(UserRole by, String workspaceId, String email, UserRole role) {
        if (!by.includes(role)) {
            return Outcome.forbidden("only owners make owners");
        }
        String token = ids.secret();
        UserRepository.Invitation invitation =
                new UserRepository.Invitation(Tokens.hash(token), now().plus(INVITATION));
        Optional<UserRepository.Credentials> known = users.byEmail(email);
        if (known.isPresent()) {
            return again(by, workspaceId, known.get().user(), role, token, invitation);
        }
        if (full(workspaceId)) {
            return tooMany();
        }
        User user = new User(ids.objectId(), workspaceId, email, role, false, now(), null);
        return users.add(user, null, invitation) ? invited(user, token, invitation) : taken();
    }

    private Outcome<Invited> again(
            UserRole by,
            String workspaceId,
            User known,
            UserRole role,
            String token,
            UserRepository.Invitation invitation) {
        boolean theirs = known.workspaceId().equals(workspaceId) && by.includes(known.role());
        if (!theirs || !known.enabled() || !users.invite(known.id(), invitation)) {
            return taken();
        }
        User user = known.withRole(role);
        users.change(user);
        return invited(user, token, invitation);
    }

    private static Outcome<Invited> invited(User user, String token, UserRepository.Invitation invitation) {
        return Outcome.done(new Invited(user, token, invitation.expiresAt()));
    }

    private boolean full(String workspaceId) {
        return users.ofWorkspace(workspaceId).size() >= MAX_USERS;
    }

    private static <T> Outcome<T> tooMany() {
        return Outcome.conflict("a workspace has at most " + MAX_USERS + " users");
    }

    private static <T> Outcome<T> taken() {
        return Outcome.conflict("somebody has this e-mail address already");
    }

    /// Sets the first password of who was invited.
    public Outcome<User> accept(String token, String password) {
        return users.accept(Tokens.hash(token), hashes.hash(password), now())
                .map(Outcome::done)
                .orElseGet(() -> Outcome.notFound("the invitation is unknown, used or over; ask for a new one"));
    }

    /// @param by role of who changes; may neither touch nor make more than it is
    /// @param role null = as it is
    /// @param disabled null = as it is
    public Outcome<User> change(
            UserRole by, String workspaceId, String id, @Nullable UserRole role, @Nullable Boolean disabled) {
        Optional<User> found = users.byId(workspaceId, id);
        if (found.isEmpty()) {
            return Outcome.notFound("user not found");
        }
        User old = found.get();
        if (!by.includes(old.role()) || (role != null && !by.includes(role))) {
            return Outcome.forbidden("only owners make and change owners");
        }
        User changed = role == null ? old : old.withRole(role);
        if (disabled != null && disabled == old.enabled()) {
            changed = changed.disabled(disabled ? now() : null);
        }
        return switch (users.change(changed)) {
            case CHANGED -> Outcome.done(changed);
            case UNKNOWN -> Outcome.notFound("user not found");
            case LAST_OWNER -> Outcome.conflict("a workspace needs an owner who can sign in");
        };
    }

    /// Sets a new password without asking for the old one, as the command line does; ends all sign-ins.
    public Outcome<User> resetPassword(String workspaceId, String email, String password) {
        Optional<User> found = users.byEmail(email)
                .map(UserRepository.Credentials::user)
                .filter(user -> user.workspaceId().equals(workspaceId));
        if (found.isEmpty()) {
            return Outcome.notFound("user not found");
        }
        users.setPassword(found.get().id(), hashes.hash(password), null);
        return Outcome.done(found.get());
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
