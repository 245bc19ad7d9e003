/// Workspaces and their key pairs.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.workspace;
