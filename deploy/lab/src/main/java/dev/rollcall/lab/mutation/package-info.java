/// The test of the tests: a promise is broken on purpose, from outside the shipped code, and the checker must see it.
@NullMarked
package dev.rollcall.lab.mutation;

import org.jspecify.annotations.NullMarked;
