package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.live.ValueChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/v2/active-rooms/{room}/store`; our own addition to the public API.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SessionStoreApiTest {
    private static final String VALUE = """
            {"key":"likes","data":{"n":1},"updated_at":"2026-03-02T16:00:04.510Z",\
            "updated_by":"5b0f0d36-9a47-4a4e-8f0e-1d7e7a3c2f12","change_version":4}""";

    private ApiServer api;
    private String path;

    @BeforeAll
    void start() {
        api = new ApiServer();
        String room = api.post("/v2/rooms", "{\"name\":\"physics-7b\"}").text("id");
        api.live.running.put(room, Optional.empty());
        path = "/v2/active-rooms/" + room + "/store";
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @BeforeEach
    void forget() {
        api.live.requests.clear();
    }

    @Test
    void valuesAreRead() {
        assertThat(api.get(path + "/likes").json().toString()).isEqualTo(VALUE);
        assertThat(api.get(path).json().toString()).isEqualTo("{\"values\":[" + VALUE + "]}");
        assertThat(api.live.requests)
                .containsExactly(new RoomRequest.ReadValues("likes"), new RoomRequest.ReadValues(null));
    }

    @Test
    void aValueThatIsNotThereIsNotFound() {
        assertThat(api.get(path + "/none").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            {"data":{"a":[1,null,"x"]}}          | {"a":[1,null,"x"]} | -
            {"data":"text","if_change_version":0} | "text"             | 0
            {"data":null}                         | -                  | -
            {}                                    | -                  | -
            """)
    void aValueIsSetOrDeleted(String body, String data, Long version) {
        assertThat(api.post(path + "/likes", body).json().toString()).isEqualTo(VALUE);
        assertThat(api.live.requests)
                .containsExactly(new RoomRequest.ChangeValue("likes", new ValueChange.Put(data, version)));
    }

    @Test
    void numbersAndListsGrow() {
        api.post(path + "/likes/add", "{}");
        api.post(path + "/likes/add", "{\"by\":-3}");
        api.post(path + "/likes/append", "{\"data\":[1]}");

        assertThat(api.live.requests)
                .containsExactly(
                        new RoomRequest.ChangeValue("likes", new ValueChange.Add(1)),
                        new RoomRequest.ChangeValue("likes", new ValueChange.Add(-3)),
                        new RoomRequest.ChangeValue("likes", new ValueChange.Append("[1]")));
    }

    @Test
    void aKeyIsProtected() {
        assertThat(api.post(path + "/likes/writers", "{\"roles\":[\"host\"]}").status())
                .isEqualTo(200);
        assertThat(api.live.requests).containsExactly(new RoomRequest.ProtectValue("likes", List.of("host")));
    }

    @Test
    void historyIsReadInPieces() {
        assertThat(api.get(path + "-history?key=likes&after_version=2&limit=5").status())
                .isEqualTo(200);
        assertThat(api.get(path + "-history").status()).isEqualTo(200);
        assertThat(api.live.requests)
                .containsExactly(new RoomRequest.ReadHistory("likes", 2, 5), new RoomRequest.ReadHistory(null, 0, 10));
    }

    @Test
    void anotherVersionIsAConflict() {
        assertThat(api.post(path + "/taken", "{\"data\":1,\"if_change_version\":3}")
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /likes         | {"data":1,"if_change_version":"x"} | if_change_version
            /likes         | [1]                                | object
            /likes/add     | {"by":1.5}                         | by
            /likes/add     | {"by":99999999999}                 | by
            /likes/append  | {}                                 | data
            /likes/writers | {}                                 | roles
            /likes/writers | {"roles":"host"}                   | roles
            /likes/writers | {"roles":[1]}                      | roles
            """)
    void badBodiesAreExplained(String suffix, String body, String about) {
        ApiServer.Answer refused = api.post(path + suffix, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.raw().body()).contains(about);
        assertThat(api.live.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=101", "limit=x", "after_version=-1"})
    void badQueriesAreExplained(String query) {
        assertThat(api.get(path + "-history?" + query).status()).isEqualTo(400);
        assertThat(api.live.requests).isEmpty();
    }
}
