package dev.rollcall.worker.provider;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;

/// LangChain4j's client for each protocol. None retries (the ledger is the one owner of retry) and none logs.
final class ChatModels {
    private ChatModels() {}

    static ChatModel of(Provider provider, String key, ProviderConfig config) {
        String baseUrl = provider.baseUrl().toString();
        ReadyHttp http = new ReadyHttp(
                new ProviderHttp(provider, config.maxAnswerBytes()),
                provider.connectTimeout(),
                provider.totalTimeout());
        return switch (provider.protocol()) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(baseUrl)
                        .apiKey(key)
                        .modelName(provider.model())
                        .maxRetries(0)
                        .logRequests(false)
                        .logResponses(false)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(baseUrl)
                        .apiKey(key)
                        .modelName(provider.model())
                        .maxTokens(config.maxOutputTokens())
                        .maxRetries(0)
                        .logRequests(false)
                        .logResponses(false)
                        .build();
            case GEMINI ->
                GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(baseUrl)
                        .apiKey(key)
                        .modelName(provider.model())
                        .maxRetries(0)
                        .logRequestsAndResponses(false)
                        .build();
        };
    }
}
