package dev.stoa.signal.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRights;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class BoardTokensTest {
    private static final BoardPass PASS = new BoardPass("65f0aa", "65f0bb", "2f4b1c9e-6a51-4f6e-9b0e-0d3a6c5d7e11");
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private Instant now = NOW;
    private final BoardTokens tokens = new BoardTokens(new SecureRandom(), (InstantSource) () -> now);

    @Test
    void aTokenIsGoodForADay() {
        String token = tokens.issue(PASS, new BoardRights(true, true, true));
        assertThat(tokens.verify(token)).isEqualTo(new BoardTokens.Holder(PASS, true));

        now = NOW.plus(Duration.ofHours(24)).minusSeconds(1);
        assertThat(tokens.verify(token)).isNotNull();
        now = NOW.plus(Duration.ofHours(24));
        assertThat(tokens.verify(token)).as("expired").isNull();
    }

    @Test
    void aTokenOfAnotherServerIsForged() {
        BoardTokens other = new BoardTokens(new SecureRandom(), InstantSource.system());
        assertThat(tokens.verify(other.issue(PASS, new BoardRights(true, false, false))))
                .isNull();
    }

    @Test
    void aChangedTokenIsForged() {
        String[] parts = tokens.issue(PASS, new BoardRights(true, false, false)).split("\\.");
        String more = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("read", "admin");
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(more.getBytes(UTF_8));
        assertThat(tokens.verify(parts[0] + "." + changed + "." + parts[2])).isNull();
    }

    /// Official components decode the second part as plain base64 (RFC 4648 §4) and read `permissions`.
    @Property(tries = 200)
    void thePayloadIsPlainBase64(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 40) String board,
            @ForAll boolean write,
            @ForAll boolean admin) {
        BoardPass pass = new BoardPass(PASS.roomId(), board, PASS.peerId());
        String payload = tokens.issue(pass, new BoardRights(true, write, admin)).split("\\.")[1];

        assertThat(payload).doesNotContain("-", "_");
        assertThat(new String(Base64.getDecoder().decode(payload), UTF_8))
                .contains(
                        "\"permissions\":[\"read\"" + (write ? ",\"write\"" : "") + (admin ? ",\"admin\"" : "") + "]");
        assertThat(tokens.verify(tokens.issue(pass, new BoardRights(true, write, admin))))
                .isEqualTo(new BoardTokens.Holder(pass, admin));
    }
}
