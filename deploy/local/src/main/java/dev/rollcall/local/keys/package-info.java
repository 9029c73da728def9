/// The keys of callers, and what webhooks are signed with, at the command line.
@NullMarked
package dev.rollcall.local.keys;

import org.jspecify.annotations.NullMarked;
