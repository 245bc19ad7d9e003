package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.internal.Generator;
import org.eclipse.jetty.websocket.core.internal.Parser;

/// Messages that leave together arrive as frames of their own (RFC 6455 §5.2).
class FrameTrainTest {
    /// Around the lengths where the header grows.
    @Provide
    Arbitrary<List<Integer>> lengths() {
        return Arbitraries.of(0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 70_000)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(tries = 300)
    void eachMessageArrivesWhole(@ForAll("lengths") List<Integer> lengths) {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            byte[] message = new byte[lengths.get(i)];
            Arrays.fill(message, (byte) ('a' + i));
            messages.add(message);
        }

        ByteBuffer wire = ByteBuffer.allocate(1_000_000).flip();
        new Generator().generateWholeFrame(FrameTrain.of(messages), wire);

        assertThat(read(wire)).containsExactlyElementsOf(messages);
    }

    private static List<byte[]> read(ByteBuffer wire) {
        Configuration.ConfigurationCustomizer wholeFrames = new Configuration.ConfigurationCustomizer();
        wholeFrames.setAutoFragment(false);
        wholeFrames.setMaxFrameSize(wire.remaining());
        Parser parser = new Parser(new ArrayByteBufferPool(), wholeFrames);
        List<byte[]> texts = new ArrayList<>();
        while (wire.hasRemaining()) {
            Frame frame = parser.parse(wire);
            assertThat(frame.getOpCode()).isEqualTo(OpCode.TEXT);
            assertThat(frame.isFin()).isTrue();
            assertThat(frame.isMasked()).isFalse();
            texts.add(BufferUtil.toArray(frame.getPayload()));
        }
        return texts;
    }
}
