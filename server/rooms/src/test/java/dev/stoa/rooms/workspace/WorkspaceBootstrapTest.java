package dev.stoa.rooms.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.testing.MemoryWorkspaces;
import dev.stoa.rooms.testing.SteppingTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WorkspaceBootstrapTest {
    private final MemoryWorkspaces workspaces = new MemoryWorkspaces();
    private final WorkspaceBootstrap bootstrap =
            new WorkspaceBootstrap(workspaces, new RandomIds(new Random(3), new SteppingTime()));

    @Test
    void theFirstStartMakesAKeyPairAndLaterOnesKeepIt() {
        Workspace first = bootstrap.ensure(null, null);

        assertThat(first.accessKey()).matches("[0-9a-f]{24}");
        assertThat(first.appSecret()).hasSize(64);
        assertThat(bootstrap.ensure(null, null)).isEqualTo(first);
        assertThat(workspaces.all()).containsExactly(first);
    }

    @Test
    void keysFromTheSettingsReplaceThoseKept() {
        Workspace first = bootstrap.ensure(null, null);
        Workspace rekeyed = bootstrap.ensure("key", "secret");

        assertThat(rekeyed).isEqualTo(new Workspace(first.id(), first.appId(), "key", "secret"));
        assertThat(workspaces.byAccessKey(first.accessKey())).isEmpty();
        assertThat(bootstrap.ensure(null, null)).isEqualTo(rekeyed);
    }

    @Test
    void aRevokedPairInTheSettingsIsNotBroughtBack() {
        Workspace first = bootstrap.ensure("key", "secret");
        workspaces.add(new AccessKey("next", first.id(), Instant.EPOCH, null), "secret-2");
        workspaces.revoke(first.id(), "key", Instant.EPOCH);

        Workspace after = bootstrap.ensure("key", "secret");

        assertThat(after).isEqualTo(new Workspace(first.id(), first.appId(), "next", "secret-2"));
        assertThat(workspaces.byAccessKey("key")).isEmpty();
    }

    @Test
    void aWorkspaceDoesNotPrintItsSecret() {
        assertThat(new Workspace("id", "app", "key", "hush").toString()).doesNotContain("hush");
    }
}
