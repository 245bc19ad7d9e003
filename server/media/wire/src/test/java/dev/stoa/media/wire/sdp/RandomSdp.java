package dev.stoa.media.wire.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Makes valid descriptions of any shape from a seed.
final class RandomSdp {
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+";

    private final Random random;

    RandomSdp(long seed) {
        random = new Random(seed);
    }

    SessionDescription session() {
        var media = new ArrayList<MediaDescription>();
        int sections = random.nextInt(5);
        for (int i = 0; i < sections; i++) {
            media.add(media(Integer.toString(i)));
        }
        return new SessionDescription(
                new Origin(token(), random.nextLong(), random.nextLong(), "IN", "IP4", token()),
                token(),
                list(() -> new SdpGroup(token(), list(this::token))),
                random.nextBoolean() ? "" : "WMS " + token(),
                random.nextBoolean(),
                transport(),
                list(this::attribute),
                media);
    }

    private MediaDescription media(String mid) {
        boolean rtp = random.nextInt(4) > 0;
        var builder = rtp
                ? MediaDescription.builder(pick(MediaKind.AUDIO, MediaKind.VIDEO), "UDP/TLS/RTP/SAVPF")
                : MediaDescription.builder(MediaKind.APPLICATION, "UDP/DTLS/SCTP")
                        .addFormat("webrtc-datachannel");
        builder.mid(random.nextBoolean() ? mid : "")
                .port(random.nextInt(65536))
                .direction(pick(Direction.values()))
                .transport(transport())
                .endOfCandidates(random.nextBoolean())
                .rtcpMux(random.nextBoolean())
                .rtcpReducedSize(random.nextBoolean());
        list(this::candidate).forEach(builder::addCandidate);
        list(() -> new Bandwidth(token(), random.nextInt(1 << 30))).forEach(builder::addBandwidth);
        list(this::attribute).forEach(builder::addAttribute);
        if (rtp) {
            rtp(builder);
        } else {
            builder.sctpPort(random.nextInt(65536)).maxMessageSize(random.nextInt(1 << 30));
        }
        return builder.build();
    }

    private void rtp(MediaDescriptionBuilder builder) {
        int codecs = 1 + random.nextInt(6);
        for (int i = 0; i < codecs; i++) {
            builder.addCodec(codec(10 + i));
        }
        list(() -> new ExtMap(1 + random.nextInt(14), pick(Direction.values()), "urn:" + token(), maybe()))
                .forEach(builder::addExtension);
        builder.msid(random.nextBoolean() ? Optional.empty() : Optional.of(new Msid(token(), maybe())));
        int sources = random.nextInt(4);
        int first = random.nextInt();
        for (int i = 0; i < sources; i++) {
            builder.addSsrc(new Ssrc(first + i, List.of(attribute(), new SdpAttribute("cname", token()))));
        }
        list(() -> new SsrcGroup(token(), list(random::nextInt))).forEach(builder::addSsrcGroup);
        list(() -> new Rid(token(), random.nextBoolean(), maybe())).forEach(builder::addRid);
        if (random.nextBoolean()) {
            builder.simulcast(new Simulcast(List.of(token(), "~" + token()), list(this::token)));
        }
    }

    private RtpCodec codec(int payloadType) {
        return new RtpCodec(
                payloadType,
                token(),
                1 + random.nextInt(200_000),
                1 + random.nextInt(2),
                random.nextBoolean() ? "" : token() + "=" + token() + ";apt=" + random.nextInt(128),
                list(() -> new RtcpFeedback(token(), maybe())));
    }

    private IceCandidate candidate() {
        boolean related = random.nextBoolean();
        return new IceCandidate(
                token(),
                1 + random.nextInt(256),
                pick(IceCandidate.Protocol.values()),
                random.nextLong(1L << 32),
                token(),
                random.nextInt(65536),
                pick(IceCandidate.Type.values()),
                related ? token() : "",
                related ? random.nextInt(65536) : -1,
                random.nextBoolean() ? "passive" : "",
                random.nextBoolean() ? "" : "x" + token() + " " + token());
    }

    private TransportDescription transport() {
        return new TransportDescription(
                random.nextBoolean() ? "" : "ufrag" + random.nextInt(1 << 30),
                random.nextBoolean() ? "" : "password-of-22-letters" + random.nextInt(1 << 30),
                list(this::token),
                list(() -> new SdpFingerprint(token(), token())),
                random.nextBoolean() ? Optional.empty() : Optional.of(pick(Setup.values())));
    }

    private SdpAttribute attribute() {
        return new SdpAttribute("x-" + token(), maybe());
    }

    private String maybe() {
        return random.nextBoolean() ? "" : token();
    }

    private String token() {
        var text = new StringBuilder();
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append(TOKEN.charAt(random.nextInt(TOKEN.length())));
        }
        return text.toString();
    }

    private <T> List<T> list(Supplier<T> maker) {
        var list = new ArrayList<T>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(maker.get());
        }
        return list;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
