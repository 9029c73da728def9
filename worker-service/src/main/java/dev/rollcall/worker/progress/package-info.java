/// How far runs say they are, written down for whoever watches.
@NullMarked
package dev.rollcall.worker.progress;

import org.jspecify.annotations.NullMarked;
