/// The client protocol: JSON over a web socket, `/init` before it.
@org.jspecify.annotations.NullMarked
package dev.stoa.signal;
