/// Opens runs: freezes what is expected and writes every row of it, once.
@NullMarked
package dev.rollcall.trigger.plan;

import org.jspecify.annotations.NullMarked;
