package dev.rollcall.local.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;

/// What came back: the body that was asked for, or what was said instead.
sealed interface Received<T> {

    int TOO_MANY = 429;
    int SERVER_ERROR = 500;

    /// @throws ApiFailure if it is not what was asked for
    T orThrow(URI uri);

    record Good<T>(T body) implements Received<T> {
        @Override
        public T orThrow(URI uri) {
            return body;
        }
    }

    record Bad<T>(int status, Problem problem) implements Received<T> {

        /// An overloaded or ailing service may be better later; a plain no stays a no.
        @Override
        public T orThrow(URI uri) {
            if (status >= SERVER_ERROR || status == TOO_MANY) {
                throw new ApiFailure.Unreachable(uri, problem.inWords(status), null);
            }
            throw new ApiFailure.Refused(status, problem);
        }
    }

    /// Reads a good answer as told, and any other as a problem.
    static <T> BodyHandler<Received<T>> by(BodyHandler<T> good) {
        return info -> info.statusCode() / 100 == 2
                ? BodySubscribers.mapping(good.apply(info), Good::new)
                : BodySubscribers.mapping(
                        BodySubscribers.ofByteArray(), body -> new Bad<>(info.statusCode(), problem(body)));
    }

    private static Problem problem(byte[] body) {
        try {
            var problem = Api.JSON.readValue(body, Problem.class);
            return problem == null ? Problem.UNTOLD : problem;
        } catch (IOException noProblemDetails) {
            return Problem.UNTOLD; // the status says enough
        }
    }
}
