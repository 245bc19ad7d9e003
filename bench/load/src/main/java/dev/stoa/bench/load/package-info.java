/// Load for the whole server: rooms full of people who are real on the wire, and what it takes the server to serve
/// them.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.load;
