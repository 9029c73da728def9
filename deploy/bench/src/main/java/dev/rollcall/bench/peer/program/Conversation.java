package dev.rollcall.bench.peer.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.bench.subject.Order;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The peer's side of what the benchmark asks: JSON lines on standard input, answers behind an `@` on what was standard
/// output. Whatever else is printed goes to standard error.
final class Conversation {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Conversation() {}

    /// What a peer can be asked.
    interface Answering {
        /// @return what is said in JSON
        Map<String, ?> answer(String what, JsonNode question) throws Exception;
    }

    /// Returns when nobody asks any more.
    static void hold(Answering answering) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            JsonNode question = JSON.readTree(line);
            out.println("@" + JSON.writeValueAsString(answer(answering, question)));
            out.flush();
        }
    }

    private static Map<String, ?> answer(Answering answering, JsonNode question) {
        try {
            return answering.answer(question.get("what").asText(), question);
        } catch (Exception e) {
            System.err.println(e);
            e.printStackTrace();
            return Map.of("failure", e.toString());
        }
    }

    /// What `Peer` told it.
    static int setting(JsonNode question, String name) {
        return question.required("settings").required(name).asInt();
    }

    static Order order(JsonNode question) {
        return new Order(
                question.get("tasks").asInt(),
                question.get("millis").asInt(),
                question.get("bytes").asInt(),
                1,
                question.path("keep").asBoolean());
    }
}
