package dev.stoa.rooms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.audit.Actor;
import dev.stoa.rooms.audit.AuditEntry;
import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store has to do with the audit log; part of [RepositoryContract].
public interface AuditContract {
    Instant BEGIN = Instant.parse("2026-03-02T08:00:00.125Z");

    Repositories store();

    private static String ours() {
        return RepositoryContract.WORKSPACE.id();
    }

    private static String theirs() {
        return RepositoryContract.OTHER.id();
    }

    private AuditRepository audit() {
        return store().audit();
    }

    private AuditEntry entry(int number, String workspaceId, Actor actor) {
        return new AuditEntry(
                RepositoryContract.id(number),
                workspaceId,
                BEGIN.plusSeconds(number),
                actor,
                "POST",
                "/v2/rooms/{room}",
                "r-\u00e4'",
                200 + number);
    }

    private Page<AuditEntry> list(@Nullable String actor, @Nullable String start) {
        return audit().list(ours(), actor, new Page.Request(10, start));
    }

    private static List<Integer> statuses(Page<AuditEntry> page) {
        return page.data().stream().map(AuditEntry::status).toList();
    }

    @Test
    default void theAuditLogIsListedNewestFirstPageByPage() {
        for (int number = 1; number <= 12; number++) {
            audit().add(entry(number, ours(), Actor.key("key-1")));
        }

        Page<AuditEntry> first = list(null, null);
        Page<AuditEntry> second = list(null, first.last());

        assertThat(statuses(first)).startsWith(212, 211).hasSize(10);
        assertThat(statuses(second)).containsExactly(202, 201);
        assertThat(second.data().getLast()).isEqualTo(entry(1, ours(), Actor.key("key-1")));
        assertThat(list(null, second.last()).data()).isEmpty();
    }

    @Test
    default void theAuditLogIsOfOneWorkspaceAndOfOneActorWhenAsked() {
        audit().add(entry(1, ours(), Actor.key("key-1")));
        audit().add(entry(2, ours(), Actor.user("user-1")));
        audit().add(entry(3, theirs(), Actor.user("user-1")));
        audit().add(entry(4, ours(), Actor.command("stoa")));

        assertThat(statuses(list(null, null))).containsExactly(204, 202, 201);
        assertThat(statuses(list("user-1", null))).containsExactly(202);
        assertThat(list("nobody", null).data()).isEmpty();
    }

    @Test
    default void oldEntriesOfTheAuditLogGo() {
        for (int number = 1; number <= 5; number++) {
            audit().add(entry(number, ours(), Actor.key("key-1")));
        }

        assertThat(audit().deleteBefore(BEGIN.plusSeconds(4), 2)).isEqualTo(2);
        assertThat(audit().deleteBefore(BEGIN.plusSeconds(4), 2)).isEqualTo(1);
        assertThat(audit().deleteBefore(BEGIN.plusSeconds(4), 2)).isZero();
        assertThat(statuses(list(null, null))).containsExactly(205, 204);
    }
}
