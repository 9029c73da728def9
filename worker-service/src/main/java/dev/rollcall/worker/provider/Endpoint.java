package dev.rollcall.worker.provider;

import dev.langchain4j.model.chat.ChatModel;
import dev.rollcall.worker.handler.RetryAfter;
import dev.rollcall.worker.handler.Text;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that is built once for one configuration of a provider.
///
/// @param timers by outcome code
record Endpoint(Provider provider, ChatModel model, Breaker breaker, Judgement judgement, Map<String, Timer> timers) {
    Endpoint {
        timers = Map.copyOf(timers);
    }

    static Endpoint of(Provider provider, Key key, ProviderConfig config, MeterRegistry meters) {
        return new Endpoint(
                provider,
                ChatModels.of(provider, key.value(), config),
                new Breaker(provider.id(), config.breaker()),
                new Judgement(
                        new Text(provider.keyVariable() == null ? null : key.value()),
                        new RetryAfter(
                                config.retryAfter().least(), config.retryAfter().most())),
                timers(provider.id(), meters));
    }

    private static Map<String, Timer> timers(String provider, MeterRegistry meters) {
        return Stream.of("succeeded", "retry", "not_yet", "failed")
                .collect(Collectors.toMap(Function.identity(), outcome -> Timer.builder("rollcall.provider.calls")
                        .description("Calls of a provider, by what came of them")
                        .tag("provider", provider)
                        .tag("outcome", outcome)
                        .register(meters)));
    }
}
