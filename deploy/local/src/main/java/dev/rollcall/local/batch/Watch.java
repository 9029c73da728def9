package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchStatus;
import dev.rollcall.local.connection.Patience;
import dev.rollcall.local.terminal.Screen;
import java.time.Duration;
import java.time.InstantSource;

/// Follows a batch to its end: a terminal's lines are drawn anew; anything else gets a line when something has changed.
public final class Watch {

    /// How often to look.
    ///
    /// @param drawn on a terminal
    /// @param plain anywhere else: so often there is a line, at most
    public record Pace(Duration drawn, Duration plain) {
        static final Pace USUAL = new Pace(Duration.ofMillis(500), Duration.ofSeconds(2));
    }

    private final BatchApi batches;
    private final Screen screen;
    private final Patience patience;
    private final Pace pace;
    private final InstantSource clock;

    Watch(BatchApi batches, Screen screen) {
        this(batches, screen, Pace.USUAL, Patience.USUAL, InstantSource.system());
    }

    /// @param patience how long the service may be out of reach
    public Watch(BatchApi batches, Screen screen, Pace pace, Duration patience, InstantSource clock) {
        this.batches = batches;
        this.screen = screen;
        this.patience = new Patience(screen, patience);
        this.pace = pace;
        this.clock = clock;
    }

    /// Returns when the batch is final.
    ///
    /// @return whether every task succeeded
    public boolean until(String id) throws InterruptedException {
        String said = "";
        while (true) {
            BatchStatus batch = patience.ask(() -> batches.show(id));
            said = show(batch, said);
            if (batch.isOver()) {
                return verdict(batch);
            }
            Thread.sleep(screen.isTerminal() ? pace.drawn() : pace.plain());
        }
    }

    private String show(BatchStatus batch, String said) {
        if (screen.isTerminal()) {
            screen.redraw(BatchLines.board(batch, clock.instant()));
            return said;
        }
        String line = BatchLines.line(batch, clock.instant());
        String news = BatchLines.news(batch);
        if (!news.equals(said)) {
            screen.say(line);
        }
        return news;
    }

    private boolean verdict(BatchStatus batch) {
        screen.say(BatchLines.verdict(batch));
        return batch.allSucceeded();
    }
}
