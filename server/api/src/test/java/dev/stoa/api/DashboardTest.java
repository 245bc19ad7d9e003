package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.api.dashboard.Argon2Passwords;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.users.SignInService;
import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRole;
import dev.stoa.rooms.users.UserService;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in, staying so, and the users of a workspace.
final class DashboardTest {
    private static final String SESSION = "/v2/dashboard/session";
    private static final String USERS = "/v2/dashboard/users";

    private final ApiServer api = new ApiServer();
    private final UserService service = new UserService(api.store.users(), new Argon2Passwords(), api.ids, api.time);
    private final Browser anna = new Browser(api);
    private String annaId = "";

    @BeforeEach
    void anOwnerSignsIn() {
        annaId = add("anna@example.org", UserRole.OWNER);
        assertThat(anna.signIn("anna@example.org", Browser.PASSWORD).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String add(String email, UserRole role) {
        if (service.create(api.workspace.id(), email, role, Browser.PASSWORD)
                instanceof Outcome.Done<User>(User made)) {
            return made.id();
        }
        throw new AssertionError("not made: " + email);
    }

    private Browser signedIn(String email, UserRole role) {
        add(email, role);
        Browser browser = new Browser(api);
        assertThat(browser.signIn(email, Browser.PASSWORD).status()).isEqualTo(200);
        return browser;
    }

    @Test
    void theCookieIsForThisHostHttpsAndNoScript() {
        ApiServer.Answer answer = anna.signIn("ANNA@example.org", Browser.PASSWORD);

        assertThat(answer.raw().headers().firstValue("Set-Cookie").orElse(""))
                .matches("__Host-stoa=[A-Za-z0-9]{64}; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=43200");
        assertThat(answer.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.raw().body()).doesNotContain(anna.cookie().substring("__Host-stoa=".length()));
        assertThat(answer.json().at("/user/role").asString()).isEqualTo("owner");
    }

    @Test
    void whoIsSignedInIsKnownUntilTheEnd() {
        assertThat(anna.get(SESSION).json().at("/user/id").asString()).isEqualTo(annaId);
        assertThat(anna.get(SESSION).text("csrf_token")).isEqualTo(anna.forgeryToken());
        assertThat(anna.get("/v2/rooms").status()).isEqualTo(200);

        api.time.advance(SignInService.VALIDITY.minusSeconds(1));
        assertThat(anna.get("/v2/rooms").status()).isEqualTo(200);
        api.time.advance(Duration.ofSeconds(1));
        assertThat(anna.get("/v2/rooms").status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSignInForGood() {
        String cookie = anna.cookie();

        ApiServer.Answer out = anna.send("DELETE", SESSION, null);

        assertThat(out.status()).isEqualTo(204);
        assertThat(out.raw().headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("__Host-stoa=; ")
                .endsWith("=0");
        assertThat(api.send("GET", SESSION, null, Map.of("Cookie", cookie)).status())
                .isEqualTo(401);
    }

    /// Who guesses must not learn which addresses there are.
    @Test
    void whateverIsWrongTheAnswerIsTheSame() {
        service.invite(UserRole.OWNER, api.workspace.id(), "invited@example.org", UserRole.MEMBER);
        String disabled = add("disabled@example.org", UserRole.MEMBER);
        service.change(UserRole.OWNER, api.workspace.id(), disabled, null, true);
        Browser stranger = new Browser(api);

        for (String email :
                new String[] {"nobody@example.org", "invited@example.org", "disabled@example.org", "anna@example.org"
                }) {
            String password = email.startsWith("anna") ? "wrong horse battery" : Browser.PASSWORD;
            ApiServer.Answer refused = stranger.signIn(email, password);
            assertThat(refused.status()).as(email).isEqualTo(401);
            assertThat(refused.raw().body())
                    .isEqualTo("{\"code\":401,\"message\":\"e-mail address or password is wrong\"}");
            assertThat(refused.raw().headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void guessingEndsAfterAFewAttemptsWhetherTheAddressIsKnownOrNot() {
        for (String email : new String[] {"anna@example.org", "nobody@example.org"}) {
            Browser stranger = new Browser(api);
            int refused = 0;
            ApiServer.Answer last = stranger.signIn(email, "wrong horse battery");
            while (last.status() == 401) {
                refused++;
                last = stranger.signIn(email, "wrong horse battery");
            }
            assertThat(refused).as(email).isBetween(1, 6);
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.raw().headers().firstValue("Retry-After")).isPresent();
            assertThat(stranger.signIn(email, Browser.PASSWORD).status())
                    .as("the right password is not tried either")
                    .isEqualTo(429);
        }
    }

    @Test
    void aChangeNeedsTheTokenThatOtherSitesCannotRead() {
        String room = "{\"name\":\"by-anna\"}";
        Map<String, String> cookieAlone = Map.of("Cookie", anna.cookie());
        Map<String, String> wrong = Map.of("Cookie", anna.cookie(), "X-CSRF-Token", "0".repeat(64));

        assertThat(api.send("POST", "/v2/rooms", room, cookieAlone).status()).isEqualTo(403);
        assertThat(api.send("POST", "/v2/rooms", room, wrong).status()).isEqualTo(403);
        assertThat(api.send("DELETE", SESSION, null, cookieAlone).status()).isEqualTo(403);
        assertThat(api.get("/v2/rooms?name=by-anna").json().path("data")).isEmpty();
        assertThat(anna.post("/v2/rooms", room).status()).isEqualTo(200);
    }

    /// Preflights allow neither the header nor cookies to other origins.
    @Test
    void otherOriginsCannotChangeAnything() {
        ApiServer.Answer preflight = api.send(
                "OPTIONS",
                "/v2/rooms",
                null,
                Map.of(
                        "Origin", "https://evil.test",
                        "Access-Control-Request-Method", "POST",
                        "Access-Control-Request-Headers", "x-csrf-token"));
        assertThat(preflight
                        .raw()
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElse(""))
                .doesNotContainIgnoringCase("csrf");
        assertThat(preflight.raw().headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "__Host-stoa", "__Host-stoa=", "__Host-stoa=x", "__Host-stoa=%00; __Host-stoa=y"})
    void cookiesOfAnotherKindOpenNothing(String cookie) {
        assertThat(api.send("GET", "/v2/rooms", null, Map.of("Cookie", cookie)).status())
                .isEqualTo(401);
    }

    @Test
    void aTokenGivenOnPurposeCountsMoreThanACookie() {
        Map<String, String> both = Map.of("Cookie", anna.cookie(), "Authorization", "Bearer " + api.management);
        assertThat(api.send("POST", "/v2/rooms", "{}", both).status()).isEqualTo(200);
        Map<String, String> badToken = Map.of("Cookie", anna.cookie(), "Authorization", "Bearer x");
        assertThat(api.send("GET", "/v2/rooms", null, badToken).status()).isEqualTo(401);
    }

    @Test
    void whoIsInvitedSetsAPasswordAndComesIn() {
        ApiServer.Answer invited = anna.post(USERS, "{\"email\":\"Ben@example.org\",\"role\":\"member\"}");
        assertThat(invited.text("state")).isEqualTo("invited");
        String token = invited.text("invitation_token");
        Browser ben = new Browser(api);
        assertThat(ben.signIn("ben@example.org", Browser.PASSWORD).status()).isEqualTo(401);

        String acceptance = "{\"token\":\"" + token + "\",\"password\":\"" + Browser.PASSWORD + "\"}";
        assertThat(ben.post("/v2/dashboard/invitation", acceptance).text("state"))
                .isEqualTo("active");

        assertThat(ben.signIn("ben@example.org", Browser.PASSWORD).status()).isEqualTo(200);
        assertThat(ben.post("/v2/dashboard/invitation", acceptance).status()).isEqualTo(404);
        assertThat(anna.get(USERS).json().path("data").findValuesAsString("email"))
                .containsExactly("anna@example.org", "ben@example.org");
        assertThat(anna.get(USERS).raw().body()).doesNotContain("argon2").doesNotContain(token);
    }

    @Test
    void anInvitationEndsAfterAWeekOrWithTheNextOne() {
        String wish = "{\"email\":\"ben@example.org\",\"role\":\"member\"}";
        String first = anna.post(USERS, wish).text("invitation_token");
        String second = anna.post(USERS, wish).text("invitation_token");
        Browser ben = new Browser(api);
        String with = "{\"token\":\"%s\",\"password\":\"" + Browser.PASSWORD + "\"}";

        assertThat(ben.post("/v2/dashboard/invitation", with.formatted(first)).status())
                .isEqualTo(404);
        api.time.advance(UserService.INVITATION);
        assertThat(ben.post("/v2/dashboard/invitation", with.formatted(second)).status())
                .isEqualTo(404);
    }

    @Test
    void whoIsDisabledIsOutAtOnce() {
        Browser ben = signedIn("ben@example.org", UserRole.ADMIN);
        String id = ben.get(SESSION).json().at("/user/id").asString();

        assertThat(anna.post(USERS + "/" + id, "{\"disabled\":true}").text("state"))
                .isEqualTo("disabled");

        assertThat(ben.get("/v2/rooms").status()).isEqualTo(401);
        assertThat(ben.signIn("ben@example.org", Browser.PASSWORD).status()).isEqualTo(401);
        anna.post(USERS + "/" + id, "{\"disabled\":false,\"role\":\"read-only\"}");
        assertThat(ben.signIn("ben@example.org", Browser.PASSWORD)
                        .json()
                        .at("/user/role")
                        .asString())
                .isEqualTo("read-only");
    }

    @Test
    void aNewPasswordEndsTheSignInsElsewhere() {
        Browser elsewhere = new Browser(api);
        elsewhere.signIn("anna@example.org", Browser.PASSWORD);
        String next = "another long password";

        assertThat(anna.post(
                                "/v2/dashboard/password",
                                "{\"old_password\":\"wrong horse battery\",\"password\":\"" + next + "\"}")
                        .status())
                .isEqualTo(403);
        assertThat(anna.post(
                                "/v2/dashboard/password",
                                "{\"old_password\":\"" + Browser.PASSWORD + "\",\"password\":\"" + next + "\"}")
                        .status())
                .isEqualTo(200);

        assertThat(anna.get(SESSION).status()).isEqualTo(200);
        assertThat(elsewhere.get(SESSION).status()).isEqualTo(401);
        assertThat(elsewhere.signIn("anna@example.org", next).status()).isEqualTo(200);
    }

    @Test
    void adminsNeitherMakeNorChangeOwners() {
        Browser ben = signedIn("ben@example.org", UserRole.ADMIN);

        assertThat(ben.post(USERS, "{\"email\":\"c@example.org\",\"role\":\"owner\"}")
                        .status())
                .isEqualTo(403);
        assertThat(ben.post(USERS, "{\"email\":\"c@example.org\",\"role\":\"admin\"}")
                        .status())
                .isEqualTo(200);
        assertThat(ben.post(USERS + "/" + annaId, "{\"disabled\":true}").status())
                .isEqualTo(403);
        String own = ben.get(SESSION).json().at("/user/id").asString();
        assertThat(ben.post(USERS + "/" + own, "{\"role\":\"owner\"}").status()).isEqualTo(403);
    }

    @Test
    void theLastOwnerStaysOne() {
        assertThat(anna.post(USERS + "/" + annaId, "{\"disabled\":true}").status())
                .isEqualTo(409);
        assertThat(anna.post(USERS + "/" + annaId, "{\"role\":\"member\"}").status())
                .isEqualTo(409);
        assertThat(anna.get(SESSION).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\":\"b\",\"role\":\"member\"}                    | 400 | email",
                "{\"email\":\"b@x\\r\\nBcc: c@x\",\"role\":\"member\"}    | 400 | email",
                "{\"email\":\"b@example.org\",\"role\":\"king\"}          | 400 | role",
                "{\"email\":\"b@example.org\"}                            | 400 | role is missing",
                "{\"role\":\"member\"}                                    | 400 | email is missing",
                "{\"email\":\"anna@example.org\",\"role\":\"member\"}     | 409 | ''",
            })
    void invitationsThatWillNotDoAreRefused(String body, int status, String detail) {
        ApiServer.Answer refused = anna.post(USERS, body);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.details()).contains(detail);
    }

    @Test
    void usersOfOtherWorkspacesAreNotThere() {
        if (!(service.create(api.stranger.id(), "zoe@example.org", UserRole.OWNER, Browser.PASSWORD)
                instanceof Outcome.Done<User>(User zoe))) {
            throw new AssertionError("not made");
        }

        assertThat(anna.get(USERS).raw().body()).doesNotContain("zoe");
        assertThat(anna.post(USERS + "/" + zoe.id(), "{\"disabled\":true}").status())
                .isEqualTo(404);
        assertThat(anna.post(USERS, "{\"email\":\"zoe@example.org\",\"role\":\"member\"}")
                        .status())
                .isEqualTo(409);
        Browser browser = new Browser(api);
        browser.signIn("zoe@example.org", Browser.PASSWORD);
        assertThat(browser.get("/v2/rooms").json().path("data")).isEmpty();
    }

    @Test
    void whatAPersonDoesIsInTheAuditLogUnderTheirId() {
        anna.post("/v2/rooms", "{\"name\":\"by-anna\"}");

        assertThat(anna.get("/v2/audit-log?actor=" + annaId).json().path("data").findValuesAsString("path"))
                .containsExactlyInAnyOrder("/v2/rooms", SESSION);
    }

    @Test
    void headersOfWebhooksAreForAdmins() {
        String room = anna.post(
                        "/v2/rooms",
                        "{\"name\":\"hooked\",\"webhook\":{\"url\":\"https://hooks.school.test/a\","
                                + "\"headers\":{\"X-A\":\"swordfish\"}}}")
                .text("id");
        Browser ben = signedIn("ben@example.org", UserRole.MEMBER);

        assertThat(anna.get("/v2/rooms/" + room).raw().body()).contains("swordfish");
        assertThat(ben.get("/v2/rooms/" + room).raw().body()).doesNotContain("swordfish");
        assertThat(ben.get("/v2/rooms").raw().body()).doesNotContain("swordfish");
        assertThat(ben.post("/v2/rooms/" + room, "{\"description\":\"x\"}")
                        .raw()
                        .body())
                .doesNotContain("swordfish");
    }

    @Test
    void aBackendIsNobodySignedIn() {
        assertThat(api.get(SESSION).status()).isEqualTo(404);
        assertThat(api.delete(SESSION).status()).isEqualTo(404);
        assertThat(api.get(USERS).json().path("data")).hasSize(1);
    }
}
