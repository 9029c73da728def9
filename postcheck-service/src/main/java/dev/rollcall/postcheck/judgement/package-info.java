/// Judges a run by schedule and on demand, keeps the verdict and answers with it.
@NullMarked
package dev.rollcall.postcheck.judgement;

import org.jspecify.annotations.NullMarked;
