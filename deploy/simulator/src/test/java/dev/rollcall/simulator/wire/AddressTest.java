package dev.rollcall.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            /p-openai/v1/chat/completions,                       p-openai,  OpenAi,    ''
            /v1/chat/completions,                                openai,    OpenAi,    ''
            /my%20own/v1/messages,                               my own,    Anthropic, ''
            /v1/messages,                                        anthropic, Anthropic, ''
            /g/v1beta/models/gemini-2.5-pro:generateContent,     g,         Gemini,    gemini-2.5-pro
            /v1beta/models/gemini-2.5-pro:generateContent,       gemini,    Gemini,    gemini-2.5-pro
            """)
    void a_path_says_whom_it_means(String path, String provider, String protocol, String model) {
        var address = Address.of(path);
        assertThat(address.known()).isTrue();
        assertThat(address.provider()).isEqualTo(provider);
        assertThat(address.protocol().getClass().getSimpleName()).isEqualTo(protocol);
        assertThat(address.model()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /,                                            '', OpenAi
            '',                                           '', OpenAi
            /p/v1/models,                                 p,  OpenAi
            /p/q/v1/chat/completions,                     '', OpenAi
            //v1/chat/completions,                        '', OpenAi
            /100%/v1/models,                              100%, OpenAi
            /p/v1/messages/batches,                       p,  Anthropic
            /p/v1beta/models/m:streamGenerateContent,     p,  Gemini
            /p/v1beta/models/:generateContent,            p,  Gemini
            """)
    void a_path_that_is_nobodys_gets_the_shape_it_most_likely_expects(String path, String provider, String protocol) {
        var address = Address.of(path);
        assertThat(address.known()).isFalse();
        assertThat(address.provider()).isEqualTo(provider);
        assertThat(address.protocol().getClass().getSimpleName()).isEqualTo(protocol);
    }
}
