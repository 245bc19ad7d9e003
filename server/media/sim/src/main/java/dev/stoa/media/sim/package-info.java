/// A network, a clock and peers that exist only in memory: whole calls run in virtual time, repeatable by seed. The
/// peers hold no clock or socket either, so that a load generator can drive them over real sockets.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sim;
