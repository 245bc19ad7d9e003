package dev.stoa.rooms.workspace;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What can be done with the key pairs of a workspace. Thread-safe; calls may block (database).
public final class AccessKeyService {
    public static final int MAX_LIVE_KEYS = 20;

    private final AccessKeyRepository keys;
    private final IdSource ids;
    private final TimeSource time;

    public AccessKeyService(AccessKeyRepository keys, IdSource ids, TimeSource time) {
        this.keys = keys;
        this.ids = ids;
        this.time = time;
    }

    /// A new pair; the only time its secret is told.
    public record Created(AccessKey key, String secret) {
        /// Does not print the secret.
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }

    public Outcome<Created> create(String workspaceId) {
        long live =
                keys.ofWorkspace(workspaceId).stream().filter(AccessKey::live).count();
        if (live >= MAX_LIVE_KEYS) {
            return Outcome.conflict("a workspace has at most " + MAX_LIVE_KEYS + " live access keys; revoke one first");
        }
        AccessKey key = new AccessKey(ids.objectId(), workspaceId, now(), null);
        String secret = ids.secret();
        keys.add(key, secret);
        return Outcome.done(new Created(key, secret));
    }

    /// Oldest first, revoked ones too.
    public List<AccessKey> list(String workspaceId) {
        return keys.ofWorkspace(workspaceId);
    }

    /// Tokens signed with the pair are refused from now on. A pair that is revoked already stays as it is.
    public Outcome<AccessKey> revoke(String workspaceId, String key) {
        return switch (keys.revoke(workspaceId, key, now())) {
            case REVOKED -> found(workspaceId, key);
            case UNKNOWN -> Outcome.notFound("access key not found");
            case LAST -> Outcome.conflict("the last live access key cannot be revoked; create another first");
        };
    }

    private Outcome<AccessKey> found(String workspaceId, String key) {
        return keys.ofWorkspace(workspaceId).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .map(Outcome::done)
                .orElseGet(() -> Outcome.notFound("access key not found"));
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
