package dev.rollcall.worker.provider;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/// Hands LangChain4j a client that is ready. The timeouts it wants to set are dropped: they are the provider's, and
/// set.
record ReadyHttp(ProviderHttp client, Duration connectTimeout, Duration readTimeout) implements HttpClientBuilder {
    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClient build() {
        return client;
    }
}
