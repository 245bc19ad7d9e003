package dev.stoa.client;

import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.SessionDescription;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One person in a room: joins, publishes camera and microphone, answers every subscribe offer, sees and hears.
public final class Participant implements AutoCloseable {
    /// Making a key takes longer than a handshake; one certificate serves all connections, as in a browser.
    private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());

    private static final String CHANNEL = "ion-sfu";

    private final Setting setting;
    private final String token;
    private final String endpoint;
    private final String peerId = UUID.randomUUID().toString();
    private final String streamId = UUID.randomUUID().toString();
    private final Media audio = Media.audio("1", peerId.hashCode() | 1);
    private final Media video = Media.video("2", (peerId.hashCode() ^ 0x55AA) & ~1);
    private final ClientSdp.Local publishSide = side();
    private final Map<String, SimSink> sinks = new ConcurrentHashMap<>();
    private volatile SignalClient signal;
    private volatile String nodeId = "";
    private volatile @Nullable MediaConnection publish;
    private volatile @Nullable MediaConnection subscribe;
    private ClientSdp.Local subscribeSide = side();
    private IceCredentials subscribeRemote = new IceCredentials("", "");

    /// What participants share.
    ///
    /// @param connector opens the media connections
    /// @param remembering whether notices are kept: they are many in a big room
    public record Setting(HttpClient http, MediaConnection.Connector connector, boolean remembering) {
        /// Each connection has a thread of its own, and can be disturbed.
        public static Setting ofTests(HttpClient http) {
            return new Setting(http, RtcConnection::new, true);
        }
    }

    private Participant(Setting setting, String endpoint, String token) {
        this.setting = setting;
        this.endpoint = endpoint;
        this.token = token;
        this.signal = socket();
    }

    /// Connects as for a preview.
    ///
    /// @param endpoint web socket address from `/init`
    public static Participant connect(HttpClient http, String endpoint, String token) {
        return connect(Setting.ofTests(http), endpoint, token);
    }

    public static Participant connect(Setting setting, String endpoint, String token) {
        return new Participant(setting, endpoint, token);
    }

    private static ClientSdp.Local side() {
        String random = UUID.randomUUID().toString().replace("-", "");
        return new ClientSdp.Local(
                new IceCredentials(random.substring(0, 8), random.substring(8)), IDENTITY.fingerprint());
    }

    private SignalClient socket() {
        SignalClient client = SignalClient.open(
                setting.http(),
                URI.create(endpoint + "?peer=" + peerId + "&token=" + token),
                setting.remembering(),
                this::onNotice);
        client.first();
        return client;
    }

    private static ObjectNode object() {
        return SignalClient.JSON.createObjectNode();
    }

    public SignalClient signal() {
        return signal;
    }

    public String peerId() {
        return peerId;
    }

    public String audioId() {
        return audio.trackId();
    }

    public String videoId() {
        return video.trackId();
    }

    /// Of [Setting#ofTests] only.
    public RtcConnection publishConnection() {
        return (RtcConnection) required(publish);
    }

    /// Of [Setting#ofTests] only.
    public RtcConnection subscribeConnection() {
        return (RtcConnection) required(subscribe);
    }

    private static MediaConnection required(@Nullable MediaConnection connection) {
        if (connection == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return connection;
    }

    /// Joins; both connections open.
    public void join(String name) {
        JsonNode answer = tryJoin(name, plainOffer());
        SessionDescription description =
                ClientSdp.parse(result(answer).path("sdp").asString());
        nodeId = result(answer).path("sfu_node_id").asString();
        MediaConnection connection = setting.connector()
                .open(
                        IDENTITY,
                        publishSide.ice(),
                        ClientSdp.remoteIce(description),
                        ClientSdp.remoteAddress(description));
        publish = connection;
        connection.start();
    }

    /// The whole answer to a join.
    public JsonNode tryJoin(String name, String offer) {
        ObjectNode params = object().put("name", name).put("data", "").put("disableVidAutoSub", true);
        params.putObject("offer").put("type", "offer").put("sdp", offer);
        return signal.request("join", params);
    }

    private static JsonNode result(JsonNode answer) {
        if (!answer.path("result").isObject()) {
            throw new AssertionError("refused: " + answer);
        }
        return answer.path("result");
    }

    /// Publishes microphone and camera and begins to send.
    public void publish() {
        publish(List.of(audio, video));
    }

    /// Publishes tracks and begins to send them; once only.
    public List<SimSource> publish(List<Media> tracks) {
        JsonNode answer = offer(ClientSdp.offer(publishSide, streamId, tracks), tracks);
        ClientSdp.parse(result(answer).path("sdp").asString());
        MediaConnection connection = required(publish);
        return connection.run(sim -> {
            List<SimSource> sources = new ArrayList<>();
            for (Media media : tracks) {
                for (Media.Encoding encoding : media.encodings()) {
                    SimSource source = sim.publish(encoding.track(), encoding.pace());
                    encoding.prepare().source(source);
                    source.start(connection.nowNs());
                    sources.add(source);
                }
            }
            return sources;
        });
    }

    /// The whole answer to an offer that announces microphone and camera.
    public JsonNode offer(String sdp) {
        return offer(sdp, List.of(audio, video));
    }

    private JsonNode offer(String sdp, List<Media> tracks) {
        ObjectNode params = object().put("sfu_node_id", nodeId);
        params.putObject("desc").put("type", "offer").put("sdp", sdp);
        params.set("tracks", tracks(tracks, false));
        return signal.request("offer", params);
    }

    /// An offer like those this participant makes, without tracks.
    public String plainOffer() {
        return ClientSdp.offer(publishSide, streamId, List.of());
    }

    private ObjectNode tracks(List<Media> all, boolean mute) {
        ObjectNode tracks = object();
        for (Media media : all) {
            tracks.putObject(media.trackId())
                    .put("type", media.isVideo() ? "video" : "audio")
                    .put("source", "regular")
                    .put("description", "")
                    .put("mute", mute)
                    .put("track_id", media.trackId())
                    .put("stream_id", streamId);
        }
        return tracks;
    }

    public void mute(boolean muted) {
        signal.notify("track-update", object().set("tracks", tracks(List.of(audio, video), muted)));
    }

    public JsonNode say(String text) {
        ObjectNode params = object();
        params.putObject("info").put("type", "chat").put("message", text);
        return signal.request("broadcast", params);
    }

    /// Asks on the media channel for the video of somebody; false while the channel is not open.
    public boolean prefer(String trackId, String layer) {
        String request = object().put("id", "d" + trackId)
                .put("jsonrpc", "2.0")
                .put("method", "prefer-video-track-state")
                .set("params", object().put("track_id", trackId).put("max_spatial_layer", layer))
                .toString();
        MediaConnection connection = subscribe;
        return connection != null && connection.run(sim -> sim.channels().send(CHANNEL, request));
    }

    /// What came on the media channel so far.
    public List<String> channelTexts() {
        return required(subscribe).run(sim -> List.copyOf(sim.channels().texts()));
    }

    /// A figure of a received track; 0 while the track was not offered.
    public long received(String trackId, ToLongFunction<SimSink> figure) {
        SimSink sink = sinks.get(trackId);
        MediaConnection connection = subscribe;
        return sink == null || connection == null ? 0 : connection.run(sim -> figure.applyAsLong(sink));
    }

    /// What is received, by track id; the sinks belong to the connection's thread. Live.
    public Map<String, SimSink> sinks() {
        return sinks;
    }

    /// Publish and subscribe connection, as far as they are open.
    public List<MediaConnection> connections() {
        return Stream.of(Optional.ofNullable(publish), Optional.ofNullable(subscribe))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Connects anew as the same peer, with the socket before still open or not.
    public void reconnect() {
        signal = socket();
    }

    public void leave() {
        signal.notify("leave", object().put("client_reason", "user request"));
        signal.close();
        closeMedia();
    }

    private void onNotice(SignalClient from, JsonNode notice) {
        switch (notice.path("method").asString()) {
            case "offer" -> answer(from, notice.path("params"));
            case "node-info" ->
                nodeId = notice.path("params").path("sfu_node_id").asString();
            default -> {}
        }
    }

    private synchronized void answer(SignalClient from, JsonNode params) {
        SessionDescription offer = ClientSdp.parse(params.path("sdp").asString());
        IceCredentials remote = ClientSdp.remoteIce(offer);
        MediaConnection connection = subscribe;
        if (connection == null) {
            connection =
                    setting.connector().open(IDENTITY, subscribeSide.ice(), remote, ClientSdp.remoteAddress(offer));
            connection.start();
            subscribe = connection;
        } else if (!remote.equals(subscribeRemote)) {
            subscribeSide = side();
            MediaConnection restarted = connection;
            restarted.run(sim -> {
                sim.restartIce(restarted.nowNs(), subscribeSide.ice(), remote);
                return true;
            });
        }
        subscribeRemote = remote;
        for (MediaDescription section : offer.media()) {
            expect(connection, section);
        }
        ObjectNode answer =
                object().put("sfu_node_id", params.path("sfu_node_id").asString());
        answer.putObject("desc").put("type", "answer").put("sdp", ClientSdp.answer(subscribeSide, offer));
        from.notify("answer", answer);
    }

    private void expect(MediaConnection connection, MediaDescription section) {
        section.msid()
                .ifPresent(msid -> sinks.computeIfAbsent(
                        msid.track(), id -> connection.run(sim -> sim.receive(ClientSdp.forwarded(section)))));
    }

    private void closeMedia() {
        connections().forEach(MediaConnection::close);
        publish = null;
        subscribe = null;
    }

    /// Vanishes without a word.
    @Override
    public void close() {
        signal.abort();
        closeMedia();
    }
}
