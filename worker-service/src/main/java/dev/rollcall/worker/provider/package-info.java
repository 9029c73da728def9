/// How one prompt is put to one provider, and what came of it. Nothing here knows tasks' states, leases or Kafka.
@NullMarked
package dev.rollcall.worker.provider;

import org.jspecify.annotations.NullMarked;
