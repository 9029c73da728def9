/// What the tests of every service share: real servers, and rows to begin with.
@NullMarked
package dev.rollcall.testing;

import org.jspecify.annotations.NullMarked;
