package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `/v2/rooms`: section 3 of the server API reference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoomsTest {
    private ApiServer api;

    @BeforeAll
    void start() {
        api = new ApiServer();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void aRoomIsMadeWithAllThatWasAsked() {
        ApiServer.Answer made = api.post("/v2/rooms", """
                {"name":"physics-7b","description":"evening batch","region":"eu","max_duration_seconds":5400,
                 "size":20,"webhook":{"url":"https://hooks.school.test/live","headers":{"x-school-key":"k-19"}},
                 "something_new":1}""");

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text("id")).matches("[0-9a-f]{24}");
        assertThat(made.text("name")).isEqualTo("physics-7b");
        assertThat(made.json().path("enabled").asBoolean()).isTrue();
        assertThat(made.text("customer_id")).isEqualTo(api.workspace.id());
        assertThat(made.text("customer")).isEqualTo(api.workspace.id());
        assertThat(made.text("app_id")).isEqualTo(api.workspace.appId());
        assertThat(made.text("template")).isEqualTo("video-conferencing");
        assertThat(made.text("region")).isEqualTo("eu");
        assertThat(made.json().path("size").asInt()).isEqualTo(20);
        assertThat(made.json().path("max_duration_seconds").asInt()).isEqualTo(5400);
        assertThat(made.json().at("/webhook/headers/x-school-key").asString()).isEqualTo("k-19");
        assertThat(made.json().path("recording_source_template").asBoolean()).isTrue();
        assertThat(made.json().at("/recording_info/enabled").isBoolean()).isTrue();
        assertThat(made.text("created_at")).isEqualTo("2026-03-02T08:00:00.125Z");

        assertThat(api.get("/v2/rooms/" + made.text("id")).json()).isEqualTo(made.json());
    }

    @Test
    void aBareRoomGetsAUuidAsName() {
        assertThat(api.post("/v2/rooms", "{}").text("name")).matches("[0-9a-f-]{36}");
        assertThat(api.post("/v2/rooms", "").status()).isEqualTo(200);
    }

    @Test
    void creatingANameAgainUpdatesThatRoom() {
        ApiServer.Answer first = api.post("/v2/rooms", "{\"name\":\"Twice\",\"description\":\"a\",\"size\":5}");
        ApiServer.Answer second = api.post("/v2/rooms", "{\"name\":\"tWICE\",\"description\":\"b\"}");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.text("description")).isEqualTo("b");
        assertThat(second.json().path("size").asInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"has space"}                                   | name
            {"name":"ümlaut"}                                      | name
            {"name":""}                                            | name
            {"name":7}                                             | name must be a string
            {"description":[]}                                     | description must be a string
            {"enabled":"yes"}                                      | enabled must be a boolean
            {"large_room":1}                                       | large_room must be a boolean
            {"size":"10"}                                          | size must be an integer
            {"size":2.5}                                           | size must be an integer
            {"size":99999999999}                                   | size must be an integer
            {"size":-1}                                            | room size less than 0
            {"size":2501}                                          | room size greater than 2500, set large_room flag as true
            {"size":20001,"large_room":true}                       | room size greater than 20000
            {"max_duration_seconds":119}                           | max_duration_seconds less than 120 seconds
            {"max_duration_seconds":43201}                         | max_duration_seconds greater than 43200 seconds
            {"region":"mars"}                                      | region not supported
            {"template":"classroom"}                               | Invalid body param: template. Use template_id
            {"template_id":"6601f0a1c2d3e4f5a6b7c8ff"}             | template not found
            {"polls":[1]}                                          | polls must be an array of strings
            {"webhook":{}}                                         | webhook.url
            {"webhook":{"url":"ftp://x"}}                          | webhook.url
            {"webhook":{"url":"https://x","headers":{"a":1}}}      | webhook.headers.a must be a string
            {"recording_info":{"upload_info":{"type":"s3"}}}       | Bucket location is missing
            {"recording_info":{"upload_info":{"type":"x","location":"b"}}} | Invalid upload configuration
            """)
    void badRoomsAreRefusedWithTheirReason(String body, String detail) {
        ApiServer.Answer refused = api.post("/v2/rooms", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("code").asInt()).isEqualTo(400);
        assertThat(refused.text("message")).isEqualTo("Invalid body param");
        assertThat(refused.details()).contains(detail);
    }

    @Test
    void tooLongTextsAreRefused() {
        assertThat(api.post("/v2/rooms", "{\"name\":\"" + "n".repeat(257) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/v2/rooms", "{\"name\":\"" + "n".repeat(256) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/v2/rooms", "{\"description\":\"" + "d".repeat(4097) + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void boundsThemselvesAreAllowed() {
        assertThat(api.post("/v2/rooms", "{\"size\":2500,\"max_duration_seconds\":120}")
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/v2/rooms", "{\"size\":20000,\"large_room\":true,\"max_duration_seconds\":43200}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anUpdateChangesWhatItNames() {
        String id = api.post("/v2/rooms", "{\"name\":\"change-me\",\"description\":\"old\",\"size\":9}")
                .text("id");
        ApiServer.Answer updated = api.post("/v2/rooms/" + id, "{\"description\":\"new\"}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.text("description")).isEqualTo("new");
        assertThat(updated.text("name")).isEqualTo("change-me");
        assertThat(updated.json().path("size").asInt()).isEqualTo(9);
        assertThat(updated.json().has("enabled_source_template")).isTrue();
    }

    @Test
    void aRoomIsDisabledAndEnabled() {
        String id = api.post("/v2/rooms", "{}").text("id");

        assertThat(api.post("/v2/rooms/" + id, "{\"enabled\":false}")
                        .json()
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(api.get("/v2/rooms/" + id).json().path("enabled").asBoolean(true))
                .isFalse();
        assertThat(api.post("/v2/rooms/" + id, "{\"enabled\":true}")
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aRoomCannotTakeAnotherRoomsName() {
        api.post("/v2/rooms", "{\"name\":\"taken\"}");
        String id = api.post("/v2/rooms", "{\"name\":\"free\"}").text("id");
        ApiServer.Answer refused = api.post("/v2/rooms/" + id, "{\"name\":\"TAKEN\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.details()).contains("room name already exists");
    }

    @Test
    void aSmallRoomCannotBeGrownBeyondItsKind() {
        String id = api.post("/v2/rooms", "{\"large_room\":true,\"size\":3000}").text("id");

        assertThat(api.post("/v2/rooms/" + id, "{\"large_room\":false}").details())
                .contains("room size greater than 2500, set large_room flag as true");
    }

    @Test
    void storageSecretsAreMaskedAndSurviveTheirMask() {
        String info = "{\"recording_info\":{\"enabled\":true,\"upload_info\":{\"type\":\"s3\",\"location\":\"b\","
                + "\"credentials\":{\"key\":\"AK\",\"secret\":\"%s\"}}}}";
        ApiServer.Answer made = api.post("/v2/rooms", info.formatted("hush"));
        String id = made.text("id");

        assertThat(made.json().at("/recording_info/upload_info/credentials/key").asString())
                .isEqualTo("AK");
        assertThat(made.raw().body()).doesNotContain("hush");
        api.post("/v2/rooms/" + id, info.formatted("********"));
        assertThat(api.store.rooms().byId(id).orElseThrow().recordingInfo().toString())
                .contains("secret=hush");
    }

    @Test
    void unknownRoomsAndRoomsOfOthersAreNotFound() {
        ApiServer.Answer unknown = api.get("/v2/rooms/6601f0a1c2d3e4f5a6b7c8ff");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("message")).isEqualTo("room not found");
        assertThat(api.post("/v2/rooms/6601f0a1c2d3e4f5a6b7c8ff", "{}").status())
                .isEqualTo(404);

        String id = api.post("/v2/rooms", "{}").text("id");
        String other =
                api.tokens.issueManagement(api.stranger, Duration.ofHours(1)).token();
        assertThat(api.send("GET", "/v2/rooms/" + id, null, Map.of("Authorization", "Bearer " + other))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theListIsPagedNewestFirst() {
        try (ApiServer fresh = new ApiServer()) {
            for (int i = 0; i < 21; i++) {
                fresh.post("/v2/rooms", "{\"name\":\"list-" + i + "\"}");
            }
            List<String> names = new ArrayList<>();
            String path = "/v2/rooms/?limit=10";
            ApiServer.Answer page = fresh.get(path);
            assertThat(page.json().path("limit").asInt()).isEqualTo(10);
            assertThat(page.json().at("/data/0/key").asString()).isEqualTo(fresh.workspace.id() + ":list-20");
            while (!page.json().path("data").isEmpty()) {
                for (JsonNode room : page.json().path("data")) {
                    names.add(room.path("name").asString());
                }
                assertThat(page.text("last"))
                        .isEqualTo(page.json()
                                .at("/data/" + (page.json().path("data").size() - 1) + "/id")
                                .asString());
                page = fresh.get(path + "&start=" + page.text("last"));
            }
            assertThat(page.json().path("last").isNull()).isTrue();
            assertThat(names).hasSize(25).doesNotHaveDuplicates().startsWith("list-20", "list-19");
        }
    }

    @ParameterizedTest
    @CsvSource({"1,10", "9,10", "11,11", "1000,100", "-5,10"})
    void anOddLimitIsBroughtIntoRange(int asked, int given) {
        assertThat(api.get("/v2/rooms?limit=" + asked).json().path("limit").asInt())
                .isEqualTo(given);
    }

    @ParameterizedTest
    @CsvSource({"limit=ten", "enabled=maybe", "after=yesterday", "before=2026-13-01T00:00:00Z"})
    void aBadQueryIsRefused(String query) {
        ApiServer.Answer refused = api.get("/v2/rooms?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("message")).isEqualTo("Invalid query param");
        assertThat(refused.details()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void theListIsFiltered() {
        String id = api.post("/v2/rooms", "{\"name\":\"Filter-Me\",\"enabled\":false}")
                .text("id");

        JsonNode byName = api.get("/v2/rooms?name=filter-me").json().path("data");
        assertThat(byName).hasSize(1);
        assertThat(byName.get(0).path("id").asString()).isEqualTo(id);
        assertThat(api.get("/v2/rooms?name=filter-me&enabled=true").json().path("data"))
                .isEmpty();
        assertThat(api.get("/v2/rooms?name=filter-me&after=2026-03-02T08:00:00.126Z")
                        .json()
                        .path("data"))
                .isEmpty();
        assertThat(api.get("/v2/rooms?name=filter-me&after=2026-03-02T08:00:00.125Z")
                        .json()
                        .path("data"))
                .hasSize(1);
    }
}
