/// The store of whiteboards over gRPC-web, which official whiteboard components talk to.
@org.jspecify.annotations.NullMarked
package dev.stoa.signal.board;
