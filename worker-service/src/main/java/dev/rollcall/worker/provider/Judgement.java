package dev.rollcall.worker.provider;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Aborted;
import dev.rollcall.worker.handler.Outcome.Failed;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import dev.rollcall.worker.handler.RetryAfter;
import dev.rollcall.worker.handler.Text;
import dev.rollcall.worker.provider.Exchange.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What a call's traces mean. The status on the wire is believed first, the wire's trouble second and LangChain4j's
/// exceptions last: each of its modules folds statuses into exceptions in its own way, and calls an answer without
/// choices an internal server error.
record Judgement(Text text, RetryAfter retryAfter) {
    /// @param now for a Retry-After that names a time
    /// @throws RuntimeException the failure itself, when it has nothing to do with the provider
    Outcome failed(Exchange exchange, RuntimeException failure, Instant now) {
        Call call = Call.without(exchange.startedAt(), exchange.status());
        Trouble trouble = exchange.trouble();
        Integer status = exchange.status();
        if (trouble != Trouble.INTERRUPTED && status != null && status / 100 != 2) {
            return refused(exchange, status, call, now);
        }
        if (trouble != null) {
            return broken(trouble, failure, call);
        }
        if (status == null) {
            throw failure; // nothing was sent and the wire is fine: a defect of ours
        }
        return unreadable(exchange, failure, call);
    }

    private Outcome refused(Exchange exchange, int status, Call call, Instant now) {
        String reason = "http_" + status;
        String detail = text.detail("HTTP %d %s".formatted(status, exchange.told()));
        String asked = exchange.header("retry-after");
        return switch (status) {
            case 429 -> new NotYet(retryAfter.read(asked, now), "rate_limited", detail, call);
            // the server gave up waiting for the request, or will not yet risk it: the request itself is fine
            case 408, 425 -> new Retry(reason, detail, Duration.ZERO, call);
            case 301, 302, 303, 307, 308 ->
                new Failed(
                        reason,
                        text.detail("HTTP %d to %s: redirects are not followed, correct base_url"
                                .formatted(status, exchange.header("location"))),
                        call);
            default ->
                status >= 500
                        ? new Retry(reason, detail, asked == null ? Duration.ZERO : retryAfter.read(asked, now), call)
                        : new Failed(reason, detail, call);
        };
    }

    private Outcome broken(Trouble trouble, RuntimeException failure, Call call) {
        String reason = trouble.name().toLowerCase(Locale.ROOT);
        String detail = text.detail(String.valueOf(failure.getMessage()));
        return switch (trouble) {
            case CONNECT, TIMEOUT, CONNECTION_LOST -> new Retry(reason, detail, Duration.ZERO, call);
            // asking again would be paid for again, and be as long
            case ANSWER_TOO_LARGE -> new Failed(reason, detail, call);
            case INTERRUPTED -> new Aborted(detail, call);
        };
    }

    private Outcome unreadable(Exchange exchange, RuntimeException failure, Call call) {
        if (failure instanceof ContentFilteredException || BlockedPrompt.isIn(exchange.body())) {
            return new Failed("content_filter", text.detail("the provider refuses: " + exchange.told()), call);
        }
        return new Retry(
                "unreadable_answer",
                text.detail("%s: %s".formatted(failure.getClass().getSimpleName(), exchange.told())),
                Duration.ZERO,
                call);
    }

    Outcome answered(Exchange exchange, ChatResponse response) {
        Call call = call(exchange, response);
        String answer = response.aiMessage().text();
        if (answer != null && !answer.isBlank()) {
            return new Succeeded(Text.storable(answer), call);
        }
        String detail = "an answer without text, finish reason " + call.finishReason();
        return response.finishReason() == FinishReason.CONTENT_FILTER
                ? new Failed("content_filter", detail, call)
                : new Retry("empty_answer", detail, Duration.ZERO, call);
    }

    private Call call(Exchange exchange, ChatResponse response) {
        TokenUsage usage = response.tokenUsage();
        FinishReason finish = response.finishReason();
        String model = response.modelName();
        return new Call(
                exchange.startedAt(),
                exchange.status(),
                model == null ? null : text.detail(model),
                usage == null ? null : usage.inputTokenCount(),
                usage == null ? null : usage.outputTokenCount(),
                finish == null ? null : finish.name().toLowerCase(Locale.ROOT));
    }
}
