/// Tells the other services, and says whether the broker has it.
@NullMarked
package dev.rollcall.postcheck.news;

import org.jspecify.annotations.NullMarked;
