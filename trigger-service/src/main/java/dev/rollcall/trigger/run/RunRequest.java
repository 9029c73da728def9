package dev.rollcall.trigger.run;

import jakarta.ws.rs.BadRequestException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// What a caller of `POST /api/runs` wants.
///
/// @param day the local date whose run is to be opened
/// @param force opens one more run of a day that is open already
record RunRequest(LocalDate day, boolean force) {
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    /// @param day today when it is not given
    /// @param force false when it is not given
    /// @param today in the run's zone
    /// @throws BadRequestException (400) for anything else than a date up to tomorrow, and true or false
    static RunRequest of(@Nullable String day, @Nullable String force, LocalDate today) {
        return new RunRequest(day == null || day.isEmpty() ? today : readDay(day, today), readForce(force));
    }

    private static LocalDate readDay(String given, LocalDate today) {
        LocalDate latest = today.plusDays(1);
        try {
            LocalDate day = LocalDate.parse(given);
            if (!day.isBefore(EARLIEST) && !day.isAfter(latest)) {
                return day;
            }
        } catch (DateTimeParseException e) {
            throw new BadRequestException("day must be a date such as " + today, e);
        }
        throw new BadRequestException("day must be between %s and tomorrow, %s".formatted(EARLIEST, latest));
    }

    private static boolean readForce(@Nullable String given) {
        return switch (given) {
            case null -> false;
            case "", "false" -> false;
            case "true" -> true;
            default -> throw new BadRequestException("force must be true or false");
        };
    }
}
