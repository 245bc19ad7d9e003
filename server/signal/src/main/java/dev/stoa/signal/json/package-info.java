/// Messages of the client protocol as JSON: hostile text in, typed commands out, and the reverse.
@org.jspecify.annotations.NullMarked
package dev.stoa.signal.json;
