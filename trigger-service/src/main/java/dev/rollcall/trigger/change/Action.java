package dev.rollcall.trigger.change;

import static java.util.stream.Collectors.joining;

import dev.rollcall.message.BatchNews.What;
import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What somebody may do to a batch.
enum Action {
    CANCEL(What.CANCELLED),
    PAUSE(What.PAUSED),
    RESUME(What.RESUMED),
    RETRY_FAILED(What.RETRIED);

    private final What news;

    Action(What news) {
        this.news = news;
    }

    /// The name in requests: `cancel`, `pause`, `resume`, `retry-failed`.
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What the topic is told when it has been done.
    What news() {
        return news;
    }

    /// @throws BadRequestException (400) naming the actions there are
    static Action of(@Nullable String code) {
        return Arrays.stream(values())
                .filter(action -> action.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("action must be one of "
                        + Arrays.stream(values()).map(Action::code).collect(joining(", "))));
    }
}
