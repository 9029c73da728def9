/// What a call gets, decided without any I/O: the mode, the markers in the prompt, the dice and the decision they
/// lead to.
@NullMarked
package dev.rollcall.simulator.behaviour;

import org.jspecify.annotations.NullMarked;
