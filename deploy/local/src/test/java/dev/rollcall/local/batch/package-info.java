@NullMarked
package dev.rollcall.local.batch;

import org.jspecify.annotations.NullMarked;
