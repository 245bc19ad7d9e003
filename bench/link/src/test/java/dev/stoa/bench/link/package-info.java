/// The emulator in virtual time, and its sockets.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.link;
