/// What travels on the topics: the records, their names and their one wire form.
@NullMarked
package dev.rollcall.message;

import org.jspecify.annotations.NullMarked;
