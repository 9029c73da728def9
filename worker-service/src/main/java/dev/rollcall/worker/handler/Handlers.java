package dev.rollcall.worker.handler;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every kind of work this worker can do, by its type.
@ApplicationScoped
public class Handlers {
    /// The type of the handler whose queues are the providers.
    public static final String PROMPT = "prompt";

    private final Map<String, Handler> byType;
    private final Handler prompts;

    Handlers(@All List<Handler> all) {
        this.byType = all.stream().collect(Collectors.toUnmodifiableMap(Handler::type, Function.identity()));
        this.prompts = Objects.requireNonNull(byType.get(PROMPT), "nobody handles prompts");
    }

    /// A queue that is no handler's type is a provider's id.
    public Handler of(String queue) {
        return byType.getOrDefault(queue, prompts);
    }
}
