@NullMarked
package dev.rollcall.local.client;

import org.jspecify.annotations.NullMarked;
