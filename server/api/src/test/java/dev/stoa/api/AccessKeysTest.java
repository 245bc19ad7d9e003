package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.access.TokenVerifier.Check;
import dev.stoa.rooms.access.TokenVerifier.Expiry;
import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.AccessKeyService;
import dev.stoa.rooms.workspace.Workspace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several key pairs, and a change of them that nobody notices.
final class AccessKeysTest {
    private final ApiServer api = new ApiServer();

    @AfterEach
    void stop() {
        api.close();
    }

    private Workspace createPair() {
        ApiServer.Answer made = api.post("/v2/access-keys", "");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
        return new Workspace(api.workspace.id(), api.workspace.appId(), made.text("access_key"), made.text("secret"));
    }

    private int statusWith(Workspace signer) {
        String token = api.tokens.issueManagement(signer, Duration.ofHours(1)).token();
        return api.send("GET", "/v2/rooms", null, Map.of("Authorization", "Bearer " + token))
                .status();
    }

    private Check enterWith(Workspace signer) {
        String token = api.tokens
                .issueApp(signer, "r", "host", "u", Duration.ofHours(1))
                .token();
        return api.tokens.verify(token, Expiry.ENFORCED);
    }

    @Test
    void tokensOfTheOldAndTheNewKeyAreAcceptedUntilTheOldOneIsRevoked() {
        Workspace old = api.workspace;
        Workspace next = createPair();
        assertThat(statusWith(old)).isEqualTo(200);
        assertThat(statusWith(next)).isEqualTo(200);
        assertThat(enterWith(old)).isInstanceOf(Check.Accepted.class);
        assertThat(enterWith(next)).isInstanceOf(Check.Accepted.class);

        ApiServer.Answer revoked = api.delete("/v2/access-keys/" + old.accessKey());

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.text("revoked_at")).isNotEmpty();
        assertThat(statusWith(old)).isEqualTo(401);
        assertThat(enterWith(old)).isEqualTo(new Check.Rejected(401, "Token validation error: access key is unknown"));
        assertThat(statusWith(next)).isEqualTo(200);
        assertThat(enterWith(next)).isInstanceOf(Check.Accepted.class);
    }

    @Test
    void theServerItselfSignsWithALiveKeyAfterARevocation() {
        Workspace next = createPair();
        String room = api.post("/v2/rooms", "{\"name\":\"r\"}").text("id");
        String code = api.post("/v2/room-codes/room/" + room, "")
                .json()
                .path("data")
                .path(0)
                .path("code")
                .asString();
        api.delete("/v2/access-keys/" + api.workspace.accessKey());

        ApiServer.Answer exchanged = api.send("POST", "/v2/token", "{\"code\":\"" + code + "\"}", Map.of());

        assertThat(exchanged.status()).isEqualTo(200);
        assertThat(api.tokens.verify(exchanged.text("token"), Expiry.ENFORCED)).isInstanceOf(Check.Accepted.class);
        assertThat(statusWith(next)).isEqualTo(200);
    }

    @Test
    void aKeyDoesNotVouchForWhatAnotherKeyOfTheWorkspaceSigned() {
        Workspace next = createPair();
        Workspace mixed = new Workspace(next.id(), next.appId(), next.accessKey(), api.workspace.appSecret());
        assertThat(statusWith(mixed)).isEqualTo(401);
    }

    @Test
    void secretsAreNotInListsNorInWhatIsPrinted() {
        Workspace next = createPair();

        ApiServer.Answer list = api.get("/v2/access-keys");

        assertThat(list.json().path("data").size()).isEqualTo(2);
        assertThat(list.raw().body())
                .contains(next.accessKey(), api.workspace.accessKey())
                .doesNotContain(next.appSecret())
                .doesNotContain(api.workspace.appSecret())
                .doesNotContain(api.stranger.accessKey());
        assertThat(new AccessKeyService(api.store.accessKeys(), api.ids, api.time)
                        .create(api.workspace.id())
                        .toString())
                .doesNotContainPattern("[A-Za-z0-9]{64}");
    }

    @Test
    void theLastLiveKeyCannotBeRevoked() {
        ApiServer.Answer refused = api.delete("/v2/access-keys/" + api.workspace.accessKey());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("message")).contains("create another first");
        assertThat(statusWith(api.workspace)).isEqualTo(200);
    }

    @Test
    void keysOfOthersAndUnknownOnesAreNotFound() {
        assertThat(api.delete("/v2/access-keys/nobody").status()).isEqualTo(404);
        assertThat(api.delete("/v2/access-keys/" + api.stranger.accessKey()).status())
                .isEqualTo(404);
        assertThat(statusWith(api.stranger)).isEqualTo(200);
        assertThat(statusWith(new Workspace(api.workspace.id(), "a", "nobody", "secret")))
                .isEqualTo(401);
    }

    @Test
    void revokingTwiceChangesNothing() {
        createPair();
        ApiServer.Answer first = api.delete("/v2/access-keys/" + api.workspace.accessKey());
        assertThat(first.status()).isEqualTo(200);
        Workspace third = new Workspace(api.workspace.id(), "a", "third", "third secret");
        api.store.accessKeys().add(new AccessKey("third", third.id(), api.time.now(), null), third.appSecret());
        String token = api.tokens.issueManagement(third, Duration.ofHours(1)).token();
        ApiServer.Answer again = api.send(
                "DELETE",
                "/v2/access-keys/" + api.workspace.accessKey(),
                null,
                Map.of("Authorization", "Bearer " + token));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("revoked_at")).isEqualTo(first.text("revoked_at"));
    }

    @Test
    void liveKeysAreLimited() {
        for (int made = 1; made < AccessKeyService.MAX_LIVE_KEYS; made++) {
            createPair();
        }
        assertThat(api.post("/v2/access-keys", "").status()).isEqualTo(409);
        assertThat(api.delete("/v2/access-keys/" + api.workspace.accessKey()).status())
                .isEqualTo(200);
    }
}
