package dev.rollcall.postcheck.coverage;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// So many of so many. Compared as an exact fraction; the percentage is for people and is never rounded up.
///
/// @param part 0 to `whole`
/// @param whole 0 or more
public record Share(long part, long whole) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;

    public Share {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(part, whole));
        }
    }

    public long rest() {
        return whole - part;
    }

    /// 0.00 to 100.00, rounded down. Nothing of nothing is 0.00: what was not expected was not covered either.
    public BigDecimal percent() {
        return whole == 0
                ? BigDecimal.ZERO.setScale(DECIMALS)
                : BigDecimal.valueOf(part)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.DOWN);
    }

    /// Whether the exact fraction reaches so many percent. Nothing of nothing reaches no percentage.
    public boolean reaches(int percent) {
        return whole > 0 && Math.multiplyExact(part, 100L) >= Math.multiplyExact(whole, (long) percent);
    }
}
