/// The `stoa` command.
@org.jspecify.annotations.NullMarked
package dev.stoa.app.cli;
