/// The whole system on one machine: servers, services, simulator.
@NullMarked
package dev.rollcall.local.system;

import org.jspecify.annotations.NullMarked;
