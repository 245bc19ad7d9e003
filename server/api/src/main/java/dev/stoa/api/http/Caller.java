package dev.stoa.api.http;

import dev.stoa.rooms.audit.Actor;
import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRole;
import java.time.Instant;

/// Who was let in to an administrative endpoint.
public sealed interface Caller {
    Actor actor();

    UserRole role();

    /// A backend with a management token, which may do everything.
    record Backend(String accessKey) implements Caller {
        @Override
        public Actor actor() {
            return Actor.key(accessKey);
        }

        @Override
        public UserRole role() {
            return UserRole.OWNER;
        }
    }

    /// A person at the dashboard.
    ///
    /// @param token of the sign-in
    record Person(User user, String token, Instant expiresAt) implements Caller {
        @Override
        public Actor actor() {
            return Actor.user(user.id());
        }

        @Override
        public UserRole role() {
            return user.role();
        }

        /// Does not print the token.
        @Override
        public String toString() {
            return "Person[" + user + "]";
        }
    }
}
