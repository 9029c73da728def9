/// What every endpoint of this service has in common.
@NullMarked
package dev.rollcall.trigger.http;

import org.jspecify.annotations.NullMarked;
