/// The demonstration: a night with a worker killed half-way, and what an independent witness says about it.
@NullMarked
package dev.rollcall.local.demo;

import org.jspecify.annotations.NullMarked;
