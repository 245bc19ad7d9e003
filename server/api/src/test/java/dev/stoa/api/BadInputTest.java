package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.session.SessionRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the contract says a request may hold, turned into requests that are wrong: each is refused, none breaks the
/// server. [ApiServer] holds every answer against the contract, so a stack trace or a 500 fails here as well.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
    private static final List<String> HOSTILE = List.of(
            "'; DROP TABLE rooms; --",
            "\" OR \"\"=\"",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/x}",
            "../../../../etc/passwd",
            "%s%n%x",
            "a\u0000b",
            "line\r\nSet-Cookie: x=1",
            "\u202etxt.exe",
            "\ud83d\ude00".repeat(40),
            "null",
            "{{7*7}}");

    private final Contract contract = new Contract();
    private ApiServer api;
    private Map<String, String> ids;

    @BeforeAll
    void start() {
        api = new ApiServer();
        String template = api.post("/v2/templates", "{\"name\":\"bad\",\"roles\":{\"host\":{}}}")
                .text("id");
        String room = api.post("/v2/rooms", "{\"name\":\"bad\",\"template_id\":\"" + template + "\"}")
                .text("id");
        api.live.running.put(room, Optional.empty());
        String session = api.ids.objectId();
        api.store
                .sessions()
                .save(new SessionRecord(
                        session, api.workspace.id(), room, Instant.parse("2026-03-02T16:00:00Z"), null));
        String poll = api.post("/v2/polls", """
                {"title":"bad","questions":[{"text":"?","type":"single-choice",
                 "options":[{"text":"a"},{"text":"b"},{"text":"c"}]}]}""").text("id");
        ids = Map.of(
                "room",
                room,
                "template",
                template,
                "role",
                "host",
                "session",
                session,
                "peer",
                FakeLiveRooms.ANNA,
                "poll",
                poll,
                "question",
                "1",
                "option",
                "1");
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private String path(String template) {
        String path = template;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        return path.replaceAll("\\{\\w+}", "x");
    }

    private List<RequestFields.Field> fields() {
        return contract.requestFields().all();
    }

    @Test
    void theContractHasFieldsToTry() {
        assertThat(fields()).hasSizeGreaterThan(120);
    }

    @Test
    void valuesOfTheWrongTypeOrOutOfRangeAreNamed() {
        List<String> accepted = new ArrayList<>();
        for (RequestFields.Field field : fields()) {
            for (Object wrong : field.wrongValues()) {
                String body = ApiServer.JSON.writeValueAsString(field.body(wrong));
                ApiServer.Answer answer = api.post(path(field.operation().substring(5)), body);
                boolean named = answer.details().contains(field.name())
                        || answer.details().contains("region")
                        || answer.details().contains("upload configuration")
                        || answer.details().contains("Bucket");
                if (answer.status() != 400 || !named || saysAWordTwice(answer.details())) {
                    accepted.add(field + " = " + wrong + ": " + answer.status() + " " + answer.details());
                }
            }
        }
        assertThat(accepted).isEmpty();
    }

    /// As in "url url must begin": the name of the field stands before what is wrong with it already.
    private static boolean saysAWordTwice(String details) {
        return details.matches(".*\\b(\\w+) \\1\\b.*");
    }

    @Test
    void addressesOfWebhooksAreNamedOnce() {
        Map<String, String> bad = Map.of(
                "ftp://x", "Invalid body param: url must begin with http:// or https:// and a host",
                "https:///path", "Invalid body param: url must begin with http:// or https:// and a host",
                "https://a:b@hooks.school.test", "Invalid body param: url must not hold a user name; use headers",
                "https://[", "Invalid body param: url is not a URL");
        bad.forEach((url, said) -> assertThat(api.post("/v2/webhooks", "{\"url\":\"" + url + "\"}")
                        .json()
                        .at("/details/0")
                        .asString())
                .as(url)
                .isEqualTo(said));
    }

    @Test
    void hostileTextIsTextAndNothingElse() {
        for (RequestFields.Field field : fields()) {
            if (!field.isFreeText()) {
                continue;
            }
            for (String hostile : HOSTILE) {
                String body = ApiServer.JSON.writeValueAsString(field.body(hostile));
                ApiServer.Answer answer = api.post(path(field.operation().substring(5)), body);
                assertThat(answer.status()).as("%s = %s", field, hostile).isLessThan(500);
                assertThat(answer.raw().headers().map()).doesNotContainKey("set-cookie");
            }
        }
        assertThat(api.get("/v2/rooms").status()).isEqualTo(200);
    }

    @Test
    void hostileAddressesNameNothing() {
        for (String operation : contract.operations()) {
            String[] parts = operation.split(" ");
            for (String hostile : HOSTILE) {
                String encoded =
                        URLEncoder.encode(hostile, StandardCharsets.UTF_8).replace("+", "%20");
                String path = parts[1].replaceAll("\\{\\w+}", encoded);
                ApiServer.Answer answer = api.send(
                        parts[0].toUpperCase(Locale.ROOT),
                        path + "?limit=20&name=" + encoded + "&start=" + encoded + "&role=" + encoded,
                        null,
                        Map.of("Authorization", "Bearer " + api.management));
                assertThat(answer.status()).as(operation + " " + hostile).isNotEqualTo(500);
            }
        }
    }

    @Test
    void bodiesThatAreNoObjectsAreRefusedEverywhere() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String deepObject = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        String longNumber = "{\"size\":" + "9".repeat(10_000) + "}";
        for (String operation : contract.operationsWithBody()) {
            String path = path(operation.substring(5));
            String token = operation.contains("/client/") ? appToken() : api.management;
            for (String body : List.of(deep, deepObject, longNumber, "{", "\"x\"", "7", "{\"a\":1,}", "\u0000")) {
                ApiServer.Answer answer = api.send("POST", path, body, Map.of("Authorization", "Bearer " + token));
                assertThat(answer.status()).as(operation).isEqualTo(400);
                assertThat(answer.text("message")).as(operation).isEqualTo("Invalid body");
            }
        }
    }

    private String appToken() {
        return api.tokens
                .issueApp(api.workspace, ids.get("room"), "host", "u", Duration.ofHours(1))
                .token();
    }

    @Test
    void tokensOfTheWrongKindOpenNothing() {
        for (String operation : contract.operations()) {
            String[] parts = operation.split(" ");
            boolean open = operation.equals("post /v2/token")
                    || operation.equals("post /v2/dashboard/session")
                    || operation.equals("post /v2/dashboard/invitation");
            boolean client = operation.contains("/client/")
                    || operation.contains("/layouts/")
                    || operation.equals("post /v2/sip/dtmf");
            String wrong = client ? api.management : appToken();
            ApiServer.Answer answer = api.send(
                    parts[0].toUpperCase(Locale.ROOT),
                    path(parts[1]),
                    null,
                    Map.of("Authorization", "Bearer " + wrong));
            int expected = operation.equals("get /v2/diagnostics/token") ? 200 : open ? 400 : 401;
            assertThat(answer.status()).as(operation).isEqualTo(expected);
        }
    }

    @Test
    void whatBelongsToOthersIsNotFound() {
        String stranger =
                api.tokens.issueManagement(api.stranger, Duration.ofHours(1)).token();
        int found404 = 0;
        for (String operation : contract.operations()) {
            String[] parts = operation.split(" ");
            boolean names =
                    parts[1].contains("{room}") || parts[1].contains("{template}") || parts[1].contains("{session}");
            if (!names || contract.answers(operation, 501)) {
                continue;
            }
            String body = parts[1].endsWith("send-message")
                    ? "{\"message\":\"m\"}"
                    : parts[1].endsWith("remove-peers")
                            ? "{\"role\":\"host\"}"
                            : parts[1].endsWith("recordings")
                                    ? "{\"name\":\"a\",\"role\":\"host\"}"
                                    : "{\"roles\":{},\"settings\":{},\"data\":1}";
            ApiServer.Answer answer = api.send(
                    parts[0].toUpperCase(Locale.ROOT),
                    path(parts[1]),
                    parts[0].equals("post") ? body : null,
                    Map.of("Authorization", "Bearer " + stranger));
            // 400: refused for its body before anything is looked up.
            assertThat(answer.status()).as(operation).isIn(400, 404);
            found404 += answer.status() == 404 ? 1 : 0;
        }
        assertThat(found404).isGreaterThan(20);
    }

    @Test
    void badQueriesAreNamed() {
        String room = ids.get("room");
        Map<String, String> bad = Map.of(
                "/v2/rooms?enabled=maybe",
                "enabled must be true or false",
                "/v2/rooms?limit=ten",
                "limit must be an integer",
                "/v2/rooms?after=yesterday",
                "after must be a time",
                "/v2/rooms?before=2026-13-01T00:00:00Z",
                "before must be a time",
                "/v2/sessions?active=1",
                "active must be true or false",
                "/v2/sessions?after=",
                "",
                "/v2/templates?limit=1e3",
                "limit must be an integer",
                "/v2/room-codes/room/" + room + "?enabled=0",
                "enabled must be true or false");
        bad.forEach((query, detail) -> {
            ApiServer.Answer answer = api.get(query);
            assertThat(answer.status()).as(query).isEqualTo(detail.isEmpty() ? 200 : 400);
            assertThat(answer.details()).contains(detail);
        });
        assertThat(api.get("/v2/rooms?limit=100000").json().path("limit").asInt())
                .isEqualTo(100);
        assertThat(api.get("/v2/rooms?limit=-5").json().path("limit").asInt()).isEqualTo(10);
    }

    @Test
    void theSameRequestTwiceIsTheSameThing() {
        String body = "{\"name\":\"Twice\"}";
        assertThat(api.post("/v2/rooms", body).text("id"))
                .isEqualTo(api.post("/v2/rooms", "{\"name\":\"tWICE\"}").text("id"));
        String codes = "/v2/room-codes/room/" + ids.get("room");
        assertThat(api.post(codes, "").json()).isEqualTo(api.post(codes, "").json());
    }
}
