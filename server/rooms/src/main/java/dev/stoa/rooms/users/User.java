package dev.stoa.rooms.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody who may sign in to the dashboard of one workspace.
///
/// @param email in lower case, unique in the server
/// @param active false: invited, and without a password so far
/// @param disabledAt null: may sign in
public record User(
        String id,
        String workspaceId,
        String email,
        UserRole role,
        boolean active,
        Instant createdAt,
        @Nullable Instant disabledAt) {
    public boolean enabled() {
        return disabledAt == null;
    }

    User withRole(UserRole other) {
        return new User(id, workspaceId, email, other, active, createdAt, disabledAt);
    }

    User disabled(@Nullable Instant at) {
        return new User(id, workspaceId, email, role, active, createdAt, at);
    }

    /// Does not print the address: logs hold none.
    @Override
    public String toString() {
        return "User[" + id + ", " + role.word() + "]";
    }
}
