/// The programs of the peers that are Java; each is a main class.
@NullMarked
package dev.rollcall.bench.peer.program;

import org.jspecify.annotations.NullMarked;
