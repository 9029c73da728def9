/// The services' REST interfaces, as a person at a terminal needs them.
@NullMarked
package dev.rollcall.local.client;

import org.jspecify.annotations.NullMarked;
