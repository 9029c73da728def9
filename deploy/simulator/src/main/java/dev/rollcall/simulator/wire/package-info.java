/// The three protocols as the real providers speak them, non-streaming: paths, keys, questions, answers and errors.
@NullMarked
package dev.rollcall.simulator.wire;

import org.jspecify.annotations.NullMarked;
