package dev.rollcall.worker.http;

import org.jspecify.annotations.Nullable;

/// What a server answered.
///
/// @param body its text as far as it was read
record Answer(int status, @Nullable String retryAfter, String body) {}
