package dev.rollcall.local.system;

import java.nio.file.Path;

/// The four services, in the order they are listed for people.
public enum Service {
    TRIGGER("trigger", "trigger-service"),
    RECONCILER("reconciler", "reconciler-service"),
    POSTCHECK("postcheck", "postcheck-service"),
    WORKER("worker", "worker-service");

    private final String title;
    private final String module;

    Service(String title, String module) {
        this.title = title;
        this.module = module;
    }

    /// Names the process, its log and its line in what is printed.
    public String title() {
        return title;
    }

    /// The module's build folder.
    Path target(Path home) {
        return home.resolve(module).resolve("target");
    }

    /// What Quarkus has built: the application in folders of jars.
    Path application(Path home) {
        return target(home).resolve("quarkus-app");
    }
}
