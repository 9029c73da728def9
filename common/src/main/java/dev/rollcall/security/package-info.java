/// Who may ask for work.
@NullMarked
package dev.rollcall.security;

import org.jspecify.annotations.NullMarked;
