/// A provider of language models that is not one: it speaks the real providers' protocols, misbehaves exactly as told
/// and keeps its own log of every call, so that a claim of "exactly once" has a witness outside the services.
@NullMarked
package dev.rollcall.simulator;

import org.jspecify.annotations.NullMarked;
