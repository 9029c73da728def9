/// Writes down how claims ended, and tells the topic of results.
@NullMarked
package dev.rollcall.worker.finish;

import org.jspecify.annotations.NullMarked;
