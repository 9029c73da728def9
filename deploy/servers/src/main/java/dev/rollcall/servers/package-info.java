/// The real servers Rollcall stands on, as child processes: no container engine, no root, and as root too.
///
/// Plain Java: the launcher and the tests use these in their own JVM, without any framework.
@NullMarked
package dev.rollcall.servers;

import org.jspecify.annotations.NullMarked;
