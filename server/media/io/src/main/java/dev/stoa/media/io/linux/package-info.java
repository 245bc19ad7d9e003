/// Datagram socket by Linux system calls through the foreign function interface.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.io.linux;
