package dev.rollcall.local;

import dev.rollcall.local.terminal.Screen;
import java.util.concurrent.Semaphore;

/// While it is open, the end of this JVM (Ctrl-C, SIGTERM) is announced, and what fails because of it stays unsaid.
final class Farewell implements AutoCloseable {

    private final Thread atExit;

    Farewell(Screen screen) {
        this.atExit = new Thread(() -> screen.sayLast("Stopping everything ..."), "farewell");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // the JVM ends when all is stopped; until then this thread would only complain about what is gone
            new Semaphore(0).acquireUninterruptibly();
        }
    }
}
