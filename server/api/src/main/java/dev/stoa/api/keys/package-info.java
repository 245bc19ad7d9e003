/// Key pairs of a workspace.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.keys;
