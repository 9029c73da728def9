package dev.rollcall.worker.provider;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Puts prompts to providers. Clients, breakers and timers are built once per configuration of a provider and anew
/// when it changed.
@ApplicationScoped
public class ProviderCalls {
    private final ProviderConfig config;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    @Inject
    ProviderCalls(ProviderConfig config, MeterRegistry meters) {
        this(config, meters, InstantSource.system(), System::getenv);
    }

    ProviderCalls(
            ProviderConfig config,
            MeterRegistry meters,
            InstantSource clock,
            UnaryOperator<@Nullable String> environment) {
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.environment = environment;
    }

    /// Asks once and waits for the answer; meant for a virtual thread. Interrupting that thread closes the connection
    /// and gives `Aborted`; the interrupt is thereby consumed, so that the caller can still hand the claim back.
    ///
    /// @param task sent as header `x-rollcall-task`
    /// @param attempt sent as header `x-rollcall-attempt`
    /// @return what came of it; whatever a provider does is an outcome and not an exception
    public Outcome call(Provider provider, long task, int attempt, String prompt) {
        if (prompt.isBlank()) {
            return new Outcome.Failed("empty_prompt", "the prompt is blank", Call.NONE);
        }
        Endpoint endpoint;
        try {
            endpoint = endpoint(provider);
        } catch (Key.Missing e) {
            return new Outcome.Failed("no_key", Objects.requireNonNull(e.getMessage()), Call.NONE);
        }
        long begun = System.nanoTime();
        Outcome outcome = endpoint.breaker().guard(() -> ask(endpoint, task, attempt, prompt));
        Objects.requireNonNull(endpoint.timers().get(outcome.code()))
                .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        return outcome;
    }

    private Endpoint endpoint(Provider provider) throws Key.Missing {
        Endpoint known = endpoints.get(provider.id());
        if (known != null && known.provider().equals(provider)) {
            return known;
        }
        Key key = Key.of(provider, environment);
        // a client that is replaced is not closed: calls on it go on, then it is collected together with its threads
        return Objects.requireNonNull(endpoints.compute(
                provider.id(),
                (id, current) -> current != null && current.provider().equals(provider)
                        ? current
                        : Endpoint.of(provider, key, config, meters)));
    }

    private Outcome ask(Endpoint endpoint, long task, int attempt, String prompt) {
        Exchange exchange = new Exchange(task, attempt, clock.instant());
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from(prompt)).build();
        try {
            ChatResponse response = ScopedValue.where(Exchange.CURRENT, exchange)
                    .call(() -> endpoint.model().chat(request));
            return endpoint.judgement().answered(exchange, response);
        } catch (RuntimeException e) {
            return endpoint.judgement().failed(exchange, e, clock.instant());
        }
    }
}
