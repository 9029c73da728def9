package dev.rollcall.worker.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/// No answer came, and why.
final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    private final How how;

    /// Where the wire failed us.
    enum How {
        ADDRESS_REFUSED,
        CONNECT,
        CONNECTION_LOST,
        TIMEOUT
    }

    private Broken(How how, String detail, Throwable cause) {
        super(detail, cause);
        this.how = how;
    }

    static Broken late(Duration bound, Throwable cause) {
        return new Broken(How.TIMEOUT, "no complete answer within " + bound, cause);
    }

    static Broken by(IOException cause) {
        return switch (cause) {
            case GuardedDns.Refused refused ->
                new Broken(How.ADDRESS_REFUSED, String.valueOf(refused.getMessage()), refused);
            case UnknownHostException unknown -> new Broken(How.CONNECT, "the host's name has no address", unknown);
            case ConnectTimeoutException late -> new Broken(How.CONNECT, "no connection in time", late);
            case SSLHandshakeException tls -> new Broken(How.CONNECT, "TLS: " + tls.getMessage(), tls);
            case ConnectException refused -> new Broken(How.CONNECT, String.valueOf(refused.getMessage()), refused);
            case NoRouteToHostException away -> new Broken(How.CONNECT, String.valueOf(away.getMessage()), away);
            default ->
                new Broken(
                        How.CONNECTION_LOST,
                        "%s: %s".formatted(cause.getClass().getSimpleName(), cause.getMessage()),
                        cause);
        };
    }

    How how() {
        return how;
    }
}
