/// What was seen from outside the services: calls, answers, rows, changes and records.
@NullMarked
package dev.rollcall.lab.witness;

import org.jspecify.annotations.NullMarked;
