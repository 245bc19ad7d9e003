/// Thousands of connected UDP sockets in one thread: epoll, `recvmmsg`, GRO, and the kernel's arrival times.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.load.net;
