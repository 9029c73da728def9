package dev.rollcall.bench.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a workload is to show, and whether it did.
///
/// @param wanted in words
/// @param shown in words
/// @param met null when it was not measured
public record Aim(String wanted, String shown, @Nullable Boolean met) {

    /// An aim for a number that must not be smaller.
    public static Aim atLeast(String wanted, double shown, double least, String unit) {
        return new Aim(wanted, number(shown) + unit, shown >= least);
    }

    /// An aim for a number that must not be larger.
    public static Aim atMost(String wanted, double shown, double most, String unit) {
        return new Aim(wanted, number(shown) + unit, shown <= most);
    }

    /// An aim nobody could look at.
    public static Aim notMeasured(String wanted, String why) {
        return new Aim(wanted, why, null);
    }

    public String verdict() {
        return met == null ? "not measured" : met ? "met" : "MISSED";
    }

    /// As precise as an aim has to be, in words.
    static String number(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.3f" : "%.1f", number);
    }
}
