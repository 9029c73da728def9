package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.Modes;
import dev.rollcall.simulator.witness.CallLog;
import dev.rollcall.simulator.witness.Witness;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletionException;

/// A running simulator: as many event loops as cores, all on one port.
public final class SimulatorServer implements AutoCloseable {

    /// To Vert.x a negative port is a free one that all instances of a verticle share; 0 would give each its own.
    private static final int ANY_SHARED_PORT = -1;

    private final Settings settings;
    private final Witness witness;
    private final Modes modes;
    private final Vertx vertx;
    private volatile int port;

    private SimulatorServer(Settings settings, Witness witness) {
        this.settings = settings;
        this.witness = witness;
        this.modes = new Modes(settings.mode());
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(cores())
                .setWorkerPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /// Returns when calls are answered.
    ///
    /// @throws IOException if the log can't be opened or the port is taken
    public static SimulatorServer start(Settings settings) throws IOException {
        var server = new SimulatorServer(settings, new Witness(CallLog.open(settings.log())));
        try {
            server.vertx
                    .deployVerticle(server::loop, new DeploymentOptions().setInstances(cores()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return server;
        } catch (CompletionException e) {
            server.close();
            throw new IOException(
                    "can't listen on %s:%d: %s".formatted(settings.host(), settings.port(), e.getCause()), e);
        }
    }

    /// Where it listens, without a slash at the end.
    public URI uri() {
        return URI.create("http://" + settings.host() + ":" + port);
    }

    /// Closes all connections, logs the calls that were in flight as stopped and closes the log.
    @Override
    public void close() {
        witness.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        witness.log().close();
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private Verticle loop() {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                var calls = new Calls(vertx, settings.seed(), modes, witness);
                var control = new ControlResource(vertx, settings.seed(), modes, witness).router();
                vertx.createHttpServer(options())
                        .requestHandler(request -> {
                            if (ControlResource.owns(request.path())) {
                                control.handle(request);
                            } else {
                                calls.handle(request);
                            }
                        })
                        .listen(settings.port() == 0 ? ANY_SHARED_PORT : settings.port(), settings.host())
                        .onSuccess(listening -> port = listening.actualPort())
                        .<Void>mapEmpty()
                        .onComplete(started);
            }
        };
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                // thousands of calls may arrive in one moment
                .setAcceptBacklog(8192)
                // a client with a long prompt may ask first, and would wait a second for leave
                .setHandle100ContinueAutomatically(true)
                // HTTP/2 would put calls of one client on one connection: closing it for one call would hit the others
                .setHttp2ClearTextEnabled(false);
    }
}
