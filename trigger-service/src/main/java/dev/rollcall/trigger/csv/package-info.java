/// CSV files as they are read here: RFC 4180, UTF-8 and nothing else, record by record.
@NullMarked
package dev.rollcall.trigger.csv;

import org.jspecify.annotations.NullMarked;
