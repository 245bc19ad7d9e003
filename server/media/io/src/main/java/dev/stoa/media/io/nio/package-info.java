/// Datagram socket by the JDK: works everywhere.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.io.nio;
