/// Typed jobs at the command line.
@NullMarked
package dev.rollcall.local.jobs;

import org.jspecify.annotations.NullMarked;
