/// The only place with media sockets, threads and a clock.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.io;
