package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.testing.MemoryWorkspaces;
import dev.stoa.rooms.testing.SteppingTime;
import dev.stoa.rooms.workspace.Workspace;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/// Official web clients decode the payload of a token as plain base64 and fail on `-` and `_` (section 1.2 of the
/// signal reference).
final class TokenPayloadTest {
    private final SteppingTime time = new SteppingTime();
    private final IdSource ids = new RandomIds(new Random(7), time);
    private final Workspace workspace = new Workspace(ids.objectId(), ids.objectId(), ids.objectId(), ids.secret());
    private final JwtTokens tokens = new JwtTokens(new MemoryWorkspaces(), ids, time);

    @Property(tries = 500)
    void payloadsArePlainBase64(@ForAll @StringLength(max = 40) String user) {
        assertPlain(user);
    }

    @Example
    void troublesomeCharactersComeThrough() {
        for (int offset = 0; offset < 3; offset++) {
            String shift = "x".repeat(offset);
            assertPlain(shift + "???>>>~~~");
            assertPlain(shift + "a?b>c~d\u007f");
            assertPlain(shift + "Änne 🎈");
            assertPlain(shift + "\\u003e \"quoted\"");
        }
    }

    private void assertPlain(String user) {
        String token = tokens.issueApp(workspace, "6601f0a1c2d3e4f5a6b7c820", "rôle?", user, Duration.ofHours(1))
                .token();
        assertThat(Tokens.payload(token)).matches("[A-Za-z0-9+/]+");
        assertThat(Tokens.claims(token).path("user_id").asString()).isEqualTo(user);
        assertThat(Tokens.claims(token).path("role").asString()).isEqualTo("rôle?");
    }
}
