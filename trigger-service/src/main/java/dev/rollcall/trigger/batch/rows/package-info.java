/// A batch's rows over HTTP: page by page, or all that is final as one file.
@NullMarked
package dev.rollcall.trigger.batch.rows;

import org.jspecify.annotations.NullMarked;
