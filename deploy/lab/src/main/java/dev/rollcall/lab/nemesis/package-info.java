/// What strikes, when, and the record of it.
@NullMarked
package dev.rollcall.lab.nemesis;

import org.jspecify.annotations.NullMarked;
