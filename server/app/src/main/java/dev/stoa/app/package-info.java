/// The server: settings, wiring by hand, command line.
@org.jspecify.annotations.NullMarked
package dev.stoa.app;
