package dev.stoa.media.wire.fuzz;

import dev.stoa.media.wire.Hex;
import java.util.List;
import java.util.stream.Stream;

/// Good packets for the fuzz targets to begin with.
final class Seeds {
    private static final String[] HEX = {
        "b0e0 1234 89abcdef deadbeef bede 0002 4031 31fffe 108a 00 90f0 9234 77 65 100000 9d012a 8002 6841 00 0002",
        "90e0 1234 89abcdef deadbeef 1005 0003 0500 00 c803aabbcc 0000 0000 7c 85 88",
        "81c8000c 00000001 e0000001 80000000 00010000 0000000a 000003e8 00000002 01000003 00000004 00000005"
                + "00000006 00000007 81ca0003 00000001 01046162 63640000",
        "8fcd0007 00000001 00000002 fff000eb 00000105 00dd 9f1c 01020304 05060708",
        "8fcd0006 00000001 00000002 000a0004 ffffff00 d280 04 fffe 7fff 00",
        "81cd0004 00000001 00000002 fffe8003 00640000 84ce0004 00000001 00000000 00000002 07000000",
        "8fce0005 00000001 00000000 52454d42 01ffffff 00000007 a1cb0002 00000001 00000004",
        "00010058 2112a442 b7e7a701 bc34d686 fa87dfae 80220010 5354554e 20746573 7420636c 69656e74 00240004 6e0001ff"
                + "80290008 932ff9b1 51263b36 00060009 6576746a 3a683676 59202020"
                + "00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf",
        "0111002c 2112a442 000102030405060708090a0b 00090011 00000414 556e6b6e6f776e20 4174747269000000"
                + "000a0004 7ffe7ffd 00200008 0001a147 e112a643"
    };

    static final List<byte[]> PACKETS = Stream.of(HEX).map(Hex::bytes).toList();

    private Seeds() {}

    static Stream<byte[]> packets() {
        return PACKETS.stream();
    }
}
