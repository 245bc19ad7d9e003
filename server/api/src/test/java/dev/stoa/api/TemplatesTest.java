package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `/v2/templates`: section 7 of the server API reference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TemplatesTest {
    private static final String NO_TEMPLATE = "6601f0a1c2d3e4f5a6b7c8ff";

    private ApiServer api;

    @BeforeAll
    void start() {
        api = new ApiServer();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private String id(String body) {
        return api.post("/v2/templates", body).text("id");
    }

    @Test
    void emptyRolesGetAllDefaults() {
        ApiServer.Answer made = api.post("/v2/templates", "{\"name\":\"a b\",\"roles\":{\"host\":{},\"guest\":{}}}");

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text("_id")).isEqualTo(made.text("id")).matches("[0-9a-f]{24}");
        assertThat(made.text("customerId")).isEqualTo(api.workspace.id());
        assertThat(made.text("customer")).isEqualTo(api.workspace.id());
        assertThat(made.text("appId")).isEqualTo(api.workspace.appId());
        assertThat(made.text("createdAt")).isEqualTo("2026-03-02T08:00:00.125Z");
        assertThat(made.json().at("/roles/host").toString()).isEqualTo(json("""
                {"name":"host",
                 "publishParams":{"allowed":["audio","video","screen"],
                   "audio":{"bitRate":32,"codec":"opus"},
                   "video":{"bitRate":250,"codec":"vp8","frameRate":30,"width":480,"height":270},
                   "screen":{"bitRate":1024,"codec":"vp8","frameRate":10,"width":1920,"height":1080}},
                 "subscribeParams":{"subscribeToRoles":["host","guest"],"maxSubsBitRate":3200},
                 "permissions":{"endRoom":false,"removeOthers":false,"mute":false,"unmute":false,"changeRole":false,
                   "sendRoomState":false,"pollRead":false,"pollWrite":false,"browserRecording":true,
                   "rtmpStreaming":true,"hlsStreaming":true},
                 "priority":1,"maxPeerCount":0}"""));
        assertThat(api.get("/v2/templates/" + made.text("id")).json()).isEqualTo(made.json());
    }

    private static String json(String text) {
        return ApiServer.JSON.readTree(text).toString();
    }

    @Test
    void whatIsMissingInGivenVideoComesFromTheTable() {
        ApiServer.Answer made = api.post("/v2/templates", """
                {"name":"partial","roles":{"host":{"publishParams":{"allowed":["video","screen"],
                  "video":{"width":640,"codec":"h264"},"screen":{"bitRate":600}}}}}""");

        JsonNode publish = made.json().at("/roles/host/publishParams");
        assertThat(publish.path("video").toString())
                .isEqualTo(json("{\"bitRate\":256,\"codec\":\"h264\",\"frameRate\":25,\"width\":640,\"height\":180}"));
        assertThat(publish.path("screen").toString())
                .isEqualTo(json("{\"bitRate\":600,\"codec\":\"vp8\",\"frameRate\":10,\"width\":1280,\"height\":720}"));
        assertThat(publish.has("audio")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"vp8", "h264", "vp9", "av1"})
    void allVideoCodecsAreAccepted(String codec) {
        assertThat(api.post("/v2/templates", """
                {"name":"codec","roles":{"host":{"publishParams":{"video":{"codec":"%s"}}}}}""".formatted(codec))
                        .json()
                        .at("/roles/host/publishParams/video/codec")
                        .asString())
                .isEqualTo(codec);
    }

    @Test
    void writingPollsIncludesReadingThem() {
        ApiServer.Answer made = api.post("/v2/templates", "{\"roles\":{\"t\":{\"permissions\":{\"pollWrite\":true}}}}");
        assertThat(made.json().at("/roles/t/permissions/pollRead").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"no/slash"}                                                       | name
            {"roles":[]}                                                              | roles must be an object
            {"roles":{"a":5}}                                                         | roles.a must be an object
            {"roles":{"":{}}}                                                         | role name
            {"roles":{"a":{"name":"b"}}}                                              | roles.a.name must equal
            {"roles":{"a":{"priority":0}}}                                            | roles.a.priority must be between 1 and 10
            {"roles":{"a":{"maxPeerCount":-2}}}                                       | roles.a.maxPeerCount
            {"roles":{"a":{"permissions":{"mute":"yes"}}}}                            | roles.a.permissions.mute must be a boolean
            {"roles":{"a":{"publishParams":{"allowed":["smell"]}}}}                   | roles.a.publishParams.allowed
            {"roles":{"a":{"publishParams":{"audio":{"bitRate":15}}}}}                | audio.bitRate must be between 16 and 128
            {"roles":{"a":{"publishParams":{"audio":{"codec":"pcmu"}}}}}              | audio.codec must be one of opus
            {"roles":{"a":{"publishParams":{"video":{"bitRate":2001}}}}}              | video.bitRate
            {"roles":{"a":{"publishParams":{"video":{"codec":"h265"}}}}}              | video.codec must be one of vp8, h264, vp9, av1
            {"roles":{"a":{"publishParams":{"video":{"frameRate":31}}}}}              | video.frameRate
            {"roles":{"a":{"publishParams":{"video":{"width":49}}}}}                  | video.width
            {"roles":{"a":{"publishParams":{"screen":{"bitRate":499}}}}}              | screen.bitRate
            {"roles":{"a":{"publishParams":{"screen":{"height":1081}}}}}              | screen.height
            {"roles":{"a":{"publishParams":{"simulcast":{"video":{"layers":[{"rid":"h","maxFramerate":30}]}}}}}} | rid
            {"roles":{"a":{"publishParams":{"simulcast":{"video":{"layers":[{"rid":"f"}]}}}}}} | maxFramerate is missing
            {"roles":{"a":{"publishParams":{"simulcast":{"video":{"layers":[{"rid":"f","maxFramerate":30},{"rid":"h","maxFramerate":30}]}}}}}} | scaleResolutionDownBy
            {"roles":{"a":{"publishParams":{"simulcast":{"video":{"layers":[{},{},{},{}]}}}}}} | at most 3 layers
            {"roles":{"a":{"subscribeParams":{"subscribeToRoles":"all"}}}}            | subscribeToRoles must be an array
            {"roles":{"a":{"subscribeParams":{"subscribeDegradation":{"packetLossThreshold":0}}}}} | packetLossThreshold
            {"settings":{"region":"mars"}}                                            | region not supported
            {"settings":{"roomState":{"messageInterval":7}}}                          | multiple of 5
            {"settings":{"recording":{"upload":{"location":"b"}}}}                    | settings.recording.upload.type is missing
            {"settings":{"recording":{"upload":{"type":"ftp","location":"b"}}}}       | settings.recording.upload.type must be one of s3, gs, oss, azure
            {"settings":{"recording":{"upload":{"type":"s3","location":" "}}}}        | settings.recording.upload.location is missing
            {"settings":{"recordings":[{"name":"a"}]}}                                | settings.recordings[0].role is missing
            {"destinations":{"hlsDestinations":{"a":{}}}}                             | destinations.hlsDestinations.a.name is missing
            {"destinations":{"hlsDestinations":{"a":7}}}                              | destinations.hlsDestinations.a must be an object
            {"destinations":{"hlsDestinations":{"a":{"name":"a","playlistType":"dvr"}}}} | playlistType must be one of live, event
            {"destinations":{"hlsDestinations":{"a":{"name":"a","numPlaylistSegments":2}}}} | numPlaylistSegments must be between 3 and 150
            {"destinations":{"hlsDestinations":{"a":{"name":"a","layers":[{"width":641,"height":360}]}}}} | layers[0].width must be even
            {"destinations":{"hlsDestinations":{"a":{"name":"a","layers":[{"width":640}]}}}} | layers[0].height is missing
            {"destinations":{"hlsDestinations":{"a":{"name":"a","layers":[{"width":190,"height":142}]}}}} | 144..1080 on the short side
            {"destinations":{"hlsDestinations":{"a":{"name":"a","layers":[{"width":640,"height":360},{"width":1280,"height":720}]}}}} | must not grow
            {"destinations":{"hlsDestinations":{"a":{"name":"a","recording":{"thumbnails":{"offsets":[-1]}}}}}} | thumbnails.offsets must be an array of integers
            {"destinations":{"rtmpDestinations":{"a":{"name":"a","rtmpUrls":["http://x"]}}}} | rtmpUrls must hold rtmp:// or rtmps:// addresses
            {"destinations":{"rtmpDestinations":{"a":{"name":"a","rtmpUrls":["rtmp://x","rtmp://x","rtmp://x","rtmp://x"]}}}} | at most 3 addresses
            {"destinations":{"rtmpDestinations":{"a":{"name":"a","maxDuration":99999}}}} | maxDuration must be between 0 and 43200
            {"destinations":{"transcriptions":{"a":{"name":"a"}}}}                    | transcriptions.a.role is missing
            {"destinations":{"transcriptions":{"a":{"name":"a","role":"r","modes":["x"]}}}} | modes must hold recorded, live, caption only
            {"destinations":{"transcriptions":{"a":{"name":"a","role":"r","summary":{"temperature":2}}}}} | temperature must be a number between 0.1 and 1.0
            {"destinations":{"browserRecordings":{"a":{"name":"a","role":"r","autoStart":1}}}} | autoStart must be a boolean
            {"plugins":{"whiteboard":{"permissions":{"admin":"host"}}}}               | plugins.whiteboard.permissions.admin must be an array
            {"plugins":{"noiseCancellation":{"enabled":1}}}                           | noiseCancellation.enabled must be a boolean
            {"plugins":{"transcriptions":[{"mode":"x"}]}}                             | plugins.transcriptions[0].mode must be one of caption
            {"default":"yes"}                                                         | default must be a boolean
            """)
    void badTemplatesAreRefusedWithTheirReason(String body, String detail) {
        ApiServer.Answer refused = api.post("/v2/templates", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("message")).isEqualTo("Invalid body param");
        assertThat(refused.details()).contains(detail);
    }

    @Test
    void aNameGivenAgainOverwrites() {
        String first = id("{\"name\":\"again\",\"roles\":{\"a\":{}}}");
        ApiServer.Answer second = api.post("/v2/templates", "{\"name\":\"again\",\"roles\":{\"b\":{}}}");

        assertThat(second.text("id")).isEqualTo(first);
        assertThat(second.json().path("roles").propertyNames()).containsExactly("b");
    }

    @Test
    void anUpdateReplacesTheWholeTemplate() {
        String id = id("{\"name\":\"whole\",\"roles\":{\"a\":{}},\"plugins\":{\"whiteboard\":{}}}");
        assertThat(api.post("/v2/templates/" + id, "{\"roles\":{\"b\":{}}}").details())
                .contains("settings is missing");

        ApiServer.Answer replaced = api.post("/v2/templates/" + id, "{\"roles\":{\"b\":{}},\"settings\":{}}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.text("name")).isEqualTo("whole");
        assertThat(replaced.json().path("roles").propertyNames()).containsExactly("b");
    }

    @Test
    void whatIsReadCanBeWrittenBack() {
        ApiServer.Answer stock = api.get("/v2/templates?limit=100");
        for (JsonNode template : stock.json().path("data")) {
            ApiServer.Answer written =
                    api.post("/v2/templates/" + template.path("id").asString(), template.toString());
            assertThat(written.status()).isEqualTo(200);
            assertThat(written.json().path("roles")).isEqualTo(template.path("roles"));
        }
    }

    @Test
    void aTemplateCannotTakeAnothersName() {
        id("{\"name\":\"owner\"}");
        String id = id("{\"name\":\"thief\"}");
        ApiServer.Answer refused = api.post("/v2/templates/" + id, "{\"name\":\"owner\",\"roles\":{},\"settings\":{}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.details()).contains("overwrite");
    }

    @Test
    void rolesAreReadPutRenamedAndDeleted() {
        String roles = "/v2/templates/" + id("{\"name\":\"roles\",\"roles\":{\"a\":{},\"b\":{}}}") + "/roles/";

        assertThat(api.post(roles + "c", "{\"priority\":2}")
                        .json()
                        .path("priority")
                        .asInt())
                .isEqualTo(2);
        assertThat(api.get(roles + "c").json().path("name").asString()).isEqualTo("c");
        assertThat(api.post(roles + "c", "{\"name\":\"d\"}").text("name")).isEqualTo("d");
        assertThat(api.get(roles + "c").status()).isEqualTo(404);
        assertThat(api.post(roles + "d", "{\"name\":\"a\"}").details()).contains("overwrite");
        assertThat(api.delete(roles + "d").status()).isEqualTo(204);
        assertThat(api.delete(roles + "d").status()).isEqualTo(404);
    }

    @Test
    void settingsAndDestinationsAreMergedByTopLevelKey() {
        String path = "/v2/templates/" + id("{\"name\":\"parts\",\"settings\":{\"region\":\"eu\",\"retry\":{}}}");

        assertThat(api.post(path + "/settings", "{\"region\":\"us\"}").json().toString())
                .isEqualTo(json("{\"region\":\"us\",\"retry\":{}}"));
        assertThat(api.get(path + "/settings").text("region")).isEqualTo("us");
        assertThat(api.post(path + "/settings", "{\"region\":\"mars\"}").status())
                .isEqualTo(400);
        api.post(path + "/destinations", "{\"hlsDestinations\":{\"a\":{\"name\":\"a\"}}}");
        api.post(path + "/destinations", "{\"rtmpDestinations\":{\"b\":{\"name\":\"b\"}}}");
        assertThat(api.post(path + "/destinations", "{\"hlsDestinations\":{\"c\":{}}}")
                        .details())
                .contains("hlsDestinations.c.name is missing");
        assertThat(api.get(path + "/destinations").json().propertyNames())
                .containsExactly("hlsDestinations", "rtmpDestinations");
    }

    @Test
    void recordingIsConfiguredByOneConfiguration() {
        String path = "/v2/templates/" + id("{\"name\":\"recorded\"}") + "/recordings";
        assertThat(api.get(path).json()).isEmpty();

        String config = """
                {"name":"all","role":"host","compositeRecording":{"browserComposite":{"enabled":true,"autoStart":false}},
                 "trackRecording":{"enabled":false}}""";
        String shown = json("""
                [{"name":"all","role":"host","compositeRecording":{"browserComposite":{"enabled":true}},"trackRecording":{}}]""");
        assertThat(api.post(path, config).json().toString()).isEqualTo(shown);
        assertThat(api.post(path, "[" + config + "]").json().toString()).isEqualTo(shown);
        assertThat(api.get(path).json().toString()).isEqualTo(shown);
        assertThat(api.post(path, "[" + config + "," + config + "]").details()).contains("exactly one");
        assertThat(api.post(path, "{}").details()).contains("recordings[0].name is missing");
        assertThat(api.post(path, "[").text("message")).isEqualTo("Invalid body");
        assertThat(api.post(path, "[7]").details()).contains("recordings[0] must be an object");
    }

    @Test
    void aRoomFollowsTheRegionOfItsTemplate() {
        String template = id("{\"name\":\"region\",\"settings\":{\"region\":\"eu\"}}");
        assertThat(api.post("/v2/rooms", "{\"template_id\":\"" + template + "\"}")
                        .text("region"))
                .isEqualTo("eu");
    }

    @Test
    void unknownTemplatesAreNotFound() {
        String path = "/v2/templates/" + NO_TEMPLATE;
        assertThat(api.get(path).text("message")).isEqualTo("template not found");
        assertThat(api.get(path + "/settings").status()).isEqualTo(404);
        assertThat(api.get(path + "/roles/host").status()).isEqualTo(404);
        assertThat(api.post(path + "/roles/host", "{}").status()).isEqualTo(404);
        assertThat(api.post(path, "{\"roles\":{},\"settings\":{}}").status()).isEqualTo(404);
    }
}
