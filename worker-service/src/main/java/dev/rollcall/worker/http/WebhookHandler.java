package dev.rollcall.worker.http;

import dev.rollcall.worker.handler.Handler;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Progress;
import dev.rollcall.worker.handler.Work;
import jakarta.enterprise.context.ApplicationScoped;

/// Tells an organization what became of its batch or job: `{"url", "body"}`, made by the system.
@ApplicationScoped
class WebhookHandler implements Handler {
    private final SignedRequests requests;

    WebhookHandler(SignedRequests requests) {
        this.requests = requests;
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public Outcome handle(Work work, Progress progress) throws InterruptedException {
        try {
            return requests.send(work, Request.webhook(Payload.of(work)));
        } catch (Payload.Bad e) {
            return e.outcome();
        }
    }
}
