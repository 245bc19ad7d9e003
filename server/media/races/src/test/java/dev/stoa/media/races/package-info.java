/// What two threads may do to each other, tried in all orders jcstress can provoke. Not null-marked: jcstress puts code
/// of its own here.
package dev.stoa.media.races;
