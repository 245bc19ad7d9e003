/// Who changed what by the administrative API.
@org.jspecify.annotations.NullMarked
package dev.stoa.rooms.audit;
