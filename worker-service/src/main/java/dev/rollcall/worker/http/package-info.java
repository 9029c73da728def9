/// Requests to addresses that organizations name: signed, bounded, and never into our own network.
@NullMarked
package dev.rollcall.worker.http;

import org.jspecify.annotations.NullMarked;
