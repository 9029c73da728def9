/// What people edit: organizations, their prompts and the providers, imported from CSV files.
@NullMarked
package dev.rollcall.trigger.catalog;

import org.jspecify.annotations.NullMarked;
