/// What keeps a service's process honest.
@NullMarked
package dev.rollcall.process;

import org.jspecify.annotations.NullMarked;
