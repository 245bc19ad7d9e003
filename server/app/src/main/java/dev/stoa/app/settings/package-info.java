/// Settings from file, environment and flags, as records.
@org.jspecify.annotations.NullMarked
package dev.stoa.app.settings;
