/// Judges silence: who is dead, which hints are lost, what past its time is given up; and acts on the verdict.
@NullMarked
package dev.rollcall.reconciler.silence;

import org.jspecify.annotations.NullMarked;
