package dev.rollcall.worker.provider;

import dev.rollcall.ledger.Template;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Handler;
import dev.rollcall.worker.handler.Handlers;
import dev.rollcall.worker.handler.LedgerAway;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Progress;
import dev.rollcall.worker.handler.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jdbi.v3.core.JdbiException;

/// Puts a prompt to the provider whose queue the work is in. Where the prompt comes from depends on the batch: it was
/// frozen, it is rendered from a row, or a job brought it.
@ApplicationScoped
class PromptHandler implements Handler {
    private final Providers providers;
    private final ProviderCalls calls;

    PromptHandler(Providers providers, ProviderCalls calls) {
        this.providers = providers;
        this.calls = calls;
    }

    @Override
    public String type() {
        return Handlers.PROMPT;
    }

    @Override
    public Outcome handle(Work work, Progress progress) {
        try {
            return calls.call(providers.find(work.queue()), work.task(), work.attempt(), prompt(work));
        } catch (UnknownProvider e) {
            return new Outcome.Failed("unknown_provider", String.valueOf(e.getMessage()), Call.NONE);
        } catch (Payload.Bad e) {
            return e.outcome();
        } catch (JdbiException e) {
            return LedgerAway.orThrow(e, "the providers");
        }
    }

    static String prompt(Work work) throws Payload.Bad {
        return switch (work.kind()) {
            case NIGHTLY -> Objects.requireNonNull(work.body(), "a frozen prompt without text");
            case ROWS -> rendered(work);
            case JOBS -> Payload.of(work).text("prompt");
        };
    }

    private static String rendered(Work work) throws Payload.Bad {
        if (work.template() == null || work.columns() == null || work.cells() == null) {
            throw new Payload.Bad("the row has no cells");
        }
        try {
            return Template.parse(work.template()).render(work.columns(), work.cells());
        } catch (IllegalArgumentException e) {
            throw new Payload.Bad(String.valueOf(e.getMessage()));
        }
    }
}
