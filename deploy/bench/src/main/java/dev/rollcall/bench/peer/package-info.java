/// Others that run tasks over PostgreSQL or Redis, each in a process of its own.
@NullMarked
package dev.rollcall.bench.peer;

import org.jspecify.annotations.NullMarked;
