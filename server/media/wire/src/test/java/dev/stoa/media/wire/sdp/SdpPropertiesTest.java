package dev.stoa.media.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class SdpPropertiesTest {
    private static final List<String> SAMPLES = GoldenSdp.texts();
    private static final String SPLICES = "\r\n\0 :=;/~,*-0123456789amvorst\u2003\u00e9";

    @Property
    void whatIsWrittenIsReadBack(@ForAll long seed) {
        SessionDescription description = new RandomSdp(seed).session();

        assertThat(GoldenSdp.parsed(SdpWriter.write(description))).isEqualTo(description);
    }

    @Property
    void buildersKeepEverything(@ForAll long seed) {
        for (MediaDescription media : new RandomSdp(seed).session().media()) {
            assertThat(media.toBuilder().build()).isEqualTo(media);
        }
    }

    @Property
    void anyTextLeavesTheParserStanding(@ForAll String text) {
        check("v=0\no=- 1 2 IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\na=" + text);
        check(text);
    }

    /// Real descriptions with characters changed, put in, cut out, and lines moved.
    @Property
    void damagedDescriptionsLeaveTheParserStanding(@ForAll long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(SAMPLES.get(random.nextInt(SAMPLES.size())));
        int changes = 1 + random.nextInt(12);
        for (int i = 0; i < changes && text.length() > 300; i++) {
            int at = random.nextInt(text.length());
            char splice = SPLICES.charAt(random.nextInt(SPLICES.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, splice);
                case 1 -> text.insert(at, splice);
                case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(40)));
                default -> text.insert(at, text.substring(Math.max(0, at - random.nextInt(200)), at));
            }
        }
        check(text.toString());
    }

    /// Whatever is accepted has one meaning: it is the same after writing and reading.
    static void check(String text) {
        switch (SdpParser.parse(text)) {
            case SdpResult.Malformed(String reason) -> assertThat(reason).isNotEmpty();
            case SdpResult.Parsed(SessionDescription description) -> {
                String written = SdpWriter.write(description);
                if (written.length() <= SdpParser.MAX_LENGTH) {
                    assertThat(GoldenSdp.parsed(written)).isEqualTo(description);
                }
            }
        }
    }
}
