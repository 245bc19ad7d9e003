/// Tests of sockets and threads.
@org.jspecify.annotations.NullUnmarked
package dev.stoa.media.io;
