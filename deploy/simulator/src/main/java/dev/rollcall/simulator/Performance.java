package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.Decision;
import dev.rollcall.simulator.behaviour.Decision.Answer;
import dev.rollcall.simulator.behaviour.Decision.CutOff;
import dev.rollcall.simulator.behaviour.Decision.Drip;
import dev.rollcall.simulator.behaviour.Decision.Empty;
import dev.rollcall.simulator.behaviour.Decision.Fail;
import dev.rollcall.simulator.behaviour.Decision.Garbage;
import dev.rollcall.simulator.behaviour.Decision.Hang;
import dev.rollcall.simulator.behaviour.Decision.Throttle;
import dev.rollcall.simulator.wire.AnswerText;
import dev.rollcall.simulator.wire.Protocol;
import dev.rollcall.simulator.wire.Question;
import dev.rollcall.simulator.witness.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/// Does to one call what was decided.
record Performance(Call call, Protocol protocol, Question question) {

    private static final int DROPS = 20;
    private static final String JSON = "application/json";

    void of(Decision decision) {
        switch (decision) {
            case Answer answer -> call.after(answer.latency(), () -> answer(answer.bytes()));
            case Empty empty -> call.after(empty.latency(), this::sendEmpty);
            case Fail fail -> call.after(fail.latency(), () -> fail(fail));
            case Throttle throttle -> call.after(throttle.latency(), () -> throttle(throttle));
            case Hang ignored -> call.hang();
            case Garbage garbage ->
                call.after(garbage.latency(), () -> new Litter(call, protocol, question).send(garbage.rubbish()));
            case CutOff cut -> call.after(cut.latency(), () -> cut(cut.bytes()));
            case Drip drip -> call.after(drip.latency(), () -> drip(drip));
        }
    }

    private void answer(int bytes) {
        call.send(200, body(bytes), Outcome.ANSWERED);
    }

    private void sendEmpty() {
        call.send(200, protocol.answer(question, "").toBuffer(), Outcome.EMPTY);
    }

    private void fail(Fail fail) {
        call.send(fail.status(), protocol.error(fail.status(), fail.why()).toBuffer(), Outcome.FAILED);
    }

    private void throttle(Throttle throttle) {
        var response = call.respond(429, JSON);
        if (throttle.retryAfter() != null) {
            response.putHeader("retry-after", throttle.retryAfter());
        }
        call.end(response, protocol.error(429, "too many requests").toBuffer(), Outcome.THROTTLED);
    }

    private void cut(int bytes) {
        var body = body(bytes);
        call.breakOff(respondWith(body), body.slice(0, body.length() / 2), Outcome.CUT);
    }

    private void drip(Drip drip) {
        var body = body(drip.bytes());
        drop(respondWith(body), body, 0, drip.overMillis() / (DROPS - 1));
    }

    private void drop(HttpServerResponse response, Buffer body, int drop, long pause) {
        var from = (int) ((long) body.length() * drop / DROPS);
        var piece = body.slice(from, (int) ((long) body.length() * (drop + 1) / DROPS));
        if (drop == DROPS - 1) {
            call.end(response, piece, Outcome.ANSWERED);
            return;
        }
        response.write(piece);
        call.after(pause, () -> drop(response, body, drop + 1, pause));
    }

    private HttpServerResponse respondWith(Buffer body) {
        return call.respond(200, JSON).putHeader("content-length", Integer.toString(body.length()));
    }

    private Buffer body(int bytes) {
        var text = AnswerText.of(call.issueNonce(), question.prompt(), bytes);
        return protocol.answer(question, text).toBuffer();
    }
}
