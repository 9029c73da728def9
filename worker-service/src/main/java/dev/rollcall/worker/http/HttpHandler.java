package dev.rollcall.worker.http;

import dev.rollcall.worker.handler.Handler;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Progress;
import dev.rollcall.worker.handler.Work;
import jakarta.enterprise.context.ApplicationScoped;

/// Makes a request that an organization asks for: `{"url", "method"?, "headers"?, "body"?}`. What the server
/// answers is the output.
@ApplicationScoped
class HttpHandler implements Handler {
    private final SignedRequests requests;

    HttpHandler(SignedRequests requests) {
        this.requests = requests;
    }

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Outcome handle(Work work, Progress progress) throws InterruptedException {
        try {
            return requests.send(work, Request.of(Payload.of(work)));
        } catch (Payload.Bad e) {
            return e.outcome();
        }
    }
}
