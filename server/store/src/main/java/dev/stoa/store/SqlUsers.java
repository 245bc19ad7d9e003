package dev.stoa.store;

import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRepository;
import dev.stoa.rooms.users.UserRole;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlUsers implements UserRepository {
    private static final RowMapper<User> USER = (row, context) -> new User(
            row.getString("id"),
            row.getString("workspace_id"),
            row.getString("email"),
            UserRole.valueOf(row.getString("role")),
            row.getString("password_hash") != null,
            Columns.instant(row, "created_at"),
            Columns.optionalInstant(row, "disabled_at"));

    private static final RowMapper<Credentials> CREDENTIALS =
            (row, context) -> new Credentials(USER.map(row, context), row.getString("password_hash"));

    private final Database database;

    SqlUsers(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(User user, @Nullable String passwordHash, @Nullable Invitation invitation) {
        return database.unlessTaken(() -> database.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO dashboard_users (id, workspace_id, email, role, password_hash, invite_hash,
                            invite_expires_at, created_at, disabled_at)
                        VALUES (:id, :workspaceId, :email, :role, :passwordHash, :inviteHash,
                            :inviteExpiresAt, :createdAt, :disabledAt)
                        """)
                        .bind("id", user.id())
                        .bind("workspaceId", user.workspaceId())
                        .bind("email", user.email())
                        .bind("role", user.role().name())
                        .bind("passwordHash", passwordHash)
                        .bind("inviteHash", invitation == null ? null : invitation.tokenHash())
                        .bind("inviteExpiresAt", invitation == null ? null : Columns.millis(invitation.expiresAt()))
                        .bind("createdAt", user.createdAt().toEpochMilli())
                        .bind("disabledAt", Columns.millis(user.disabledAt()))
                        .execute()
                == 1));
    }

    @Override
    public Optional<User> byId(String workspaceId, String id) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM dashboard_users WHERE id = :id AND workspace_id = :workspaceId")
                .bind("id", id)
                .bind("workspaceId", workspaceId)
                .map(USER)
                .findOne());
    }

    @Override
    public Optional<Credentials> byEmail(String email) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM dashboard_users WHERE email = :email")
                .bind("email", email)
                .map(CREDENTIALS)
                .findOne());
    }

    @Override
    public List<User> ofWorkspace(String workspaceId) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM dashboard_users WHERE workspace_id = :workspaceId ORDER BY created_at, id")
                .bind("workspaceId", workspaceId)
                .map(USER)
                .list());
    }

    @Override
    public Change change(User user) {
        return database.inTransaction(handle -> change(handle, user));
    }

    private static Change change(Handle handle, User user) {
        // Takes the row's lock on PostgreSQL: two changes at a time must not leave the workspace without an owner.
        handle.createUpdate("UPDATE workspaces SET app_id = app_id WHERE id = :id")
                .bind("id", user.workspaceId())
                .execute();
        List<User> all = handle.createQuery("SELECT * FROM dashboard_users WHERE workspace_id = :workspaceId")
                .bind("workspaceId", user.workspaceId())
                .map(USER)
                .list();
        Optional<User> old =
                all.stream().filter(one -> one.id().equals(user.id())).findFirst();
        if (old.isEmpty()) {
            return Change.UNKNOWN;
        }
        boolean otherOwner = all.stream().anyMatch(one -> !one.id().equals(user.id()) && ownsAndMay(one));
        if (ownsAndMay(old.get()) && !(user.role() == UserRole.OWNER && user.enabled()) && !otherOwner) {
            return Change.LAST_OWNER;
        }
        handle.createUpdate("UPDATE dashboard_users SET role = :role, disabled_at = :disabledAt WHERE id = :id")
                .bind("role", user.role().name())
                .bind("disabledAt", Columns.millis(user.disabledAt()))
                .bind("id", user.id())
                .execute();
        if (!user.enabled()) {
            endSignIns(handle, user.id(), "");
        }
        return Change.CHANGED;
    }

    private static boolean ownsAndMay(User user) {
        return user.role() == UserRole.OWNER && user.enabled() && user.active();
    }

    private static void endSignIns(Handle handle, String userId, String keptTokenHash) {
        handle.createUpdate("DELETE FROM dashboard_sign_ins WHERE user_id = :userId AND token_hash <> :kept")
                .bind("userId", userId)
                .bind("kept", keptTokenHash)
                .execute();
    }

    @Override
    public void setPassword(String userId, String passwordHash, @Nullable String keptTokenHash) {
        database.useTransaction(handle -> {
            handle.createUpdate("""
                            UPDATE dashboard_users SET password_hash = :passwordHash, invite_hash = NULL,
                                invite_expires_at = NULL WHERE id = :id
                            """)
                    .bind("passwordHash", passwordHash)
                    .bind("id", userId)
                    .execute();
            endSignIns(handle, userId, Objects.requireNonNullElse(keptTokenHash, ""));
        });
    }

    @Override
    public boolean invite(String userId, Invitation invitation) {
        return database.withHandle(handle -> handle.createUpdate("""
                        UPDATE dashboard_users SET invite_hash = :hash, invite_expires_at = :expiresAt
                        WHERE id = :id AND password_hash IS NULL
                        """)
                        .bind("hash", invitation.tokenHash())
                        .bind("expiresAt", invitation.expiresAt().toEpochMilli())
                        .bind("id", userId)
                        .execute()
                == 1);
    }

    @Override
    public Optional<User> accept(String tokenHash, String passwordHash, Instant now) {
        return database.inTransaction(handle -> {
            Optional<User> invited = handle.createQuery("""
                            SELECT * FROM dashboard_users WHERE invite_hash = :hash AND invite_expires_at > :now
                                AND disabled_at IS NULL
                            """)
                    .bind("hash", tokenHash)
                    .bind("now", now.toEpochMilli())
                    .map(USER)
                    .findOne();
            return invited.filter(user -> setFirstPassword(handle, user, tokenHash, passwordHash))
                    .flatMap(user -> handle.createQuery("SELECT * FROM dashboard_users WHERE id = :id")
                            .bind("id", user.id())
                            .map(USER)
                            .findOne());
        });
    }

    /// Of two who come with the same invitation at a time, one gets in.
    private static boolean setFirstPassword(Handle handle, User user, String tokenHash, String passwordHash) {
        return handle.createUpdate("""
                        UPDATE dashboard_users SET password_hash = :passwordHash, invite_hash = NULL,
                            invite_expires_at = NULL WHERE id = :id AND invite_hash = :hash
                        """)
                        .bind("passwordHash", passwordHash)
                        .bind("id", user.id())
                        .bind("hash", tokenHash)
                        .execute()
                == 1;
    }

    @Override
    public void addSignIn(SignIn signIn) {
        database.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO dashboard_sign_ins (token_hash, user_id, created_at, expires_at)
                        VALUES (:tokenHash, :userId, :createdAt, :expiresAt)
                        """)
                .bind("tokenHash", signIn.tokenHash())
                .bind("userId", signIn.userId())
                .bind("createdAt", signIn.createdAt().toEpochMilli())
                .bind("expiresAt", signIn.expiresAt().toEpochMilli())
                .execute());
    }

    @Override
    public Optional<SignedIn> signedIn(String tokenHash, Instant now) {
        return database.withHandle(handle -> handle.createQuery("""
                        SELECT u.*, s.expires_at AS until FROM dashboard_sign_ins s
                        JOIN dashboard_users u ON u.id = s.user_id
                        WHERE s.token_hash = :hash AND s.expires_at > :now AND u.disabled_at IS NULL
                        """)
                .bind("hash", tokenHash)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> new SignedIn(USER.map(row, context), Columns.instant(row, "until")))
                .findOne());
    }

    @Override
    public void endSignIn(String tokenHash) {
        database.useHandle(handle -> handle.createUpdate("DELETE FROM dashboard_sign_ins WHERE token_hash = :hash")
                .bind("hash", tokenHash)
                .execute());
    }

    @Override
    public int deleteSignInsBefore(Instant time, int limit) {
        return database.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM dashboard_sign_ins WHERE token_hash IN (SELECT token_hash FROM dashboard_sign_ins
                            WHERE expires_at < :time ORDER BY expires_at LIMIT :limit)
                        """)
                .bind("time", time.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }
}
