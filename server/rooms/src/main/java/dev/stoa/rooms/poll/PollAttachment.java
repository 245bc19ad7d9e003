package dev.stoa.rooms.poll;

/// Something to look at with a question.
///
/// @param type media type
public record PollAttachment(String type, String url) {}
