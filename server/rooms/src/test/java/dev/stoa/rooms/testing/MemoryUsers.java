package dev.stoa.rooms.testing;

import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRepository;
import dev.stoa.rooms.users.UserRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class MemoryUsers implements UserRepository {
    private record Row(
            User user,
            @Nullable String passwordHash,
            @Nullable Invitation invitation) {}

    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, SignIn> signIns = new TreeMap<>();

    @Override
    public synchronized boolean add(User user, @Nullable String passwordHash, @Nullable Invitation invitation) {
        if (byEmail(user.email()).isPresent()) {
            return false;
        }
        rows.put(user.id(), new Row(user, passwordHash, invitation));
        return true;
    }

    @Override
    public synchronized Optional<User> byId(String workspaceId, String id) {
        return Optional.ofNullable(rows.get(id))
                .map(Row::user)
                .filter(user -> user.workspaceId().equals(workspaceId));
    }

    @Override
    public synchronized Optional<Credentials> byEmail(String email) {
        return rows.values().stream()
                .filter(row -> row.user().email().equals(email))
                .findFirst()
                .map(row -> new Credentials(row.user(), row.passwordHash()));
    }

    @Override
    public synchronized List<User> ofWorkspace(String workspaceId) {
        return rows.values().stream()
                .map(Row::user)
                .filter(user -> user.workspaceId().equals(workspaceId))
                .sorted(Comparator.comparing(User::createdAt).thenComparing(User::id))
                .toList();
    }

    @Override
    public synchronized Change change(User user) {
        Row old = rows.get(user.id());
        if (old == null || !old.user().workspaceId().equals(user.workspaceId())) {
            return Change.UNKNOWN;
        }
        boolean otherOwner = ofWorkspace(user.workspaceId()).stream()
                .anyMatch(one -> !one.id().equals(user.id()) && ownsAndMay(one));
        if (ownsAndMay(old.user()) && !(user.role() == UserRole.OWNER && user.enabled()) && !otherOwner) {
            return Change.LAST_OWNER;
        }
        rows.put(user.id(), new Row(user, old.passwordHash(), old.invitation()));
        if (!user.enabled()) {
            signIns.values().removeIf(signIn -> signIn.userId().equals(user.id()));
        }
        return Change.CHANGED;
    }

    private static boolean ownsAndMay(User user) {
        return user.role() == UserRole.OWNER && user.enabled() && user.active();
    }

    @Override
    public synchronized void setPassword(String userId, String passwordHash, @Nullable String keptTokenHash) {
        rows.computeIfPresent(userId, (id, row) -> new Row(active(row.user()), passwordHash, null));
        signIns.values()
                .removeIf(signIn ->
                        signIn.userId().equals(userId) && !signIn.tokenHash().equals(keptTokenHash));
    }

    private static User active(User user) {
        return new User(
                user.id(), user.workspaceId(), user.email(), user.role(), true, user.createdAt(), user.disabledAt());
    }

    @Override
    public synchronized boolean invite(String userId, Invitation invitation) {
        Row row = rows.get(userId);
        if (row == null || row.passwordHash() != null) {
            return false;
        }
        rows.put(userId, new Row(row.user(), null, invitation));
        return true;
    }

    @Override
    public synchronized Optional<User> accept(String tokenHash, String passwordHash, Instant now) {
        Optional<User> invited = rows.values().stream()
                .filter(row -> row.invitation() != null
                        && Objects.requireNonNull(row.invitation()).tokenHash().equals(tokenHash)
                        && Objects.requireNonNull(row.invitation()).expiresAt().isAfter(now)
                        && row.user().enabled())
                .map(Row::user)
                .findFirst();
        invited.ifPresent(user -> setPassword(user.id(), passwordHash, null));
        return invited.map(MemoryUsers::active);
    }

    @Override
    public synchronized void addSignIn(SignIn signIn) {
        signIns.put(signIn.tokenHash(), signIn);
    }

    @Override
    public synchronized Optional<SignedIn> signedIn(String tokenHash, Instant now) {
        SignIn signIn = signIns.get(tokenHash);
        if (signIn == null || !signIn.expiresAt().isAfter(now)) {
            return Optional.empty();
        }
        return Optional.ofNullable(rows.get(signIn.userId()))
                .map(Row::user)
                .filter(User::enabled)
                .map(user -> new SignedIn(user, signIn.expiresAt()));
    }

    @Override
    public synchronized void endSignIn(String tokenHash) {
        signIns.remove(tokenHash);
    }

    @Override
    public synchronized int deleteSignInsBefore(Instant time, int limit) {
        List<String> old = signIns.values().stream()
                .filter(signIn -> signIn.expiresAt().isBefore(time))
                .limit(limit)
                .map(SignIn::tokenHash)
                .toList();
        old.forEach(signIns::remove);
        return old.size();
    }
}
