package dev.stoa.signal.board;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.stoa.rooms.board.BoardEntry;
import dev.stoa.rooms.board.BoardSelector;
import dev.stoa.rooms.board.BoardValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages of `sessionstorepb.Store` (protocol section 10.4) in protocol buffers. Fields that are not known are
/// skipped, as proto3 asks; readers return null for what is no such message.
///
/// ```
/// Value        1 type  2 number  3 float  4 str  5 raw_bytes      (2 to 5: one of)
/// Select       1 all   2 key     3 prefix 4 suffix                (one of)
/// OpenRequest  1 change_id  3 select*        ChangeStream  1 change_id  2 key  4 value  5 from_id
/// SetRequest   1 key  3 value                GetResponse   1 key  3 value
/// Get/DeleteRequest  1 key                   CountResponse 1 count
/// ```
final class StoreMessages {
    private static final int MAX_SELECTORS = 32;
    private static final int NUMBER = 2;
    private static final int FLOAT = 3;
    private static final int STRING = 4;
    private static final int BYTES = 5;

    private StoreMessages() {}

    /// @param value null = none
    record Keyed(String key, @Nullable BoardValue value) {}

    private interface Reading<T> {
        T of(CodedInputStream in) throws IOException;
    }

    private static <T> @Nullable T read(byte[] message, Reading<T> reading) {
        try {
            return reading.of(CodedInputStream.newInstance(message));
        } catch (IOException | IllegalArgumentException | IllegalStateException malformed) {
            return null;
        }
    }

    /// Requests of `get`, `delete` and `set`.
    static @Nullable Keyed keyed(byte[] message) {
        return read(message, in -> {
            String key = "";
            BoardValue value = null;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> key = in.readStringRequireUtf8();
                    case (3 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> value = value(in);
                    default -> in.skipField(tag);
                }
            }
            return new Keyed(key, value);
        });
    }

    /// Any message, the fields of which do not matter.
    static boolean isMessage(byte[] message) {
        return read(message, in -> {
                    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                        in.skipField(tag);
                    }
                    return true;
                })
                != null;
    }

    static @Nullable List<BoardSelector> open(byte[] message) {
        return read(message, in -> {
            List<BoardSelector> selectors = new ArrayList<>();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == ((3 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                    if (selectors.size() == MAX_SELECTORS) {
                        throw new IOException("too many selectors");
                    }
                    selectors.add(selector(in));
                } else {
                    in.skipField(tag);
                }
            }
            return selectors;
        });
    }

    private static BoardSelector selector(CodedInputStream outer) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(outer.readByteArray());
        BoardSelector selector = new BoardSelector(BoardSelector.Match.ALL, "");
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            boolean text = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (text && field <= BoardSelector.Match.values().length) {
                selector = new BoardSelector(BoardSelector.Match.values()[field - 1], in.readStringRequireUtf8());
            } else {
                in.skipField(tag);
            }
        }
        return selector;
    }

    private static @Nullable BoardValue value(CodedInputStream outer) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(outer.readByteArray());
        BoardValue value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (NUMBER << 3) | WireFormat.WIRETYPE_VARINT -> value = new BoardValue.Whole(in.readInt64());
                case (FLOAT << 3) | WireFormat.WIRETYPE_FIXED32 -> value = new BoardValue.Real(in.readFloat());
                case (STRING << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    value = new BoardValue.Text(in.readStringRequireUtf8());
                case (BYTES << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    value = new BoardValue.Bytes(in.readBytes().toString(StandardCharsets.ISO_8859_1));
                default -> in.skipField(tag);
            }
        }
        return value;
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] value(BoardValue value) {
        return write(out -> {
            switch (value) {
                case BoardValue.Bytes(String latin1) -> {
                    out.writeEnum(1, 1);
                    out.writeBytes(BYTES, ByteString.copyFrom(latin1, StandardCharsets.ISO_8859_1));
                }
                case BoardValue.Text(String text) -> {
                    out.writeEnum(1, 2);
                    out.writeString(STRING, text);
                }
                case BoardValue.Whole(long number) -> {
                    out.writeEnum(1, 3);
                    out.writeInt64(NUMBER, number);
                }
                case BoardValue.Real(float number) -> {
                    out.writeEnum(1, 4);
                    out.writeFloat(FLOAT, number);
                }
            }
        });
    }

    static byte[] change(BoardEntry entry) {
        BoardValue value = entry.value();
        return write(out -> {
            out.writeString(1, Long.toString(entry.version()));
            out.writeString(2, entry.key());
            if (value != null) {
                out.writeByteArray(4, value(value));
            }
            out.writeString(5, entry.byPeer());
        });
    }

    /// A change of no key to no value, which clients ignore: it shows whether somebody still listens, and keeps
    /// proxies from taking the stream for dead.
    static byte[] sign() {
        return write(out -> out.writeByteArray(4, new byte[0]));
    }

    static byte[] found(String key, @Nullable BoardValue value) {
        return write(out -> {
            out.writeString(1, key);
            if (value != null) {
                out.writeByteArray(3, value(value));
            }
        });
    }

    static byte[] counted(long values) {
        return write(out -> out.writeInt64(1, values));
    }
}
