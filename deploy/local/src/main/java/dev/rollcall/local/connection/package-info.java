/// Where the system is, what lets one in, and what commands that ask it have in common.
@NullMarked
package dev.rollcall.local.connection;

import org.jspecify.annotations.NullMarked;
