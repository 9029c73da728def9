/// What the topics tell this replica, for whoever in it wants to know.
@NullMarked
package dev.rollcall.trigger.news;

import org.jspecify.annotations.NullMarked;
