/// A Janus videoroom beside our server, fed the same way by the same clients.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.load.janus;
