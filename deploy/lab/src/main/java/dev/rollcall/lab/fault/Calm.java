package dev.rollcall.lab.fault;

final class Calm {

    private Calm() {}

    static void nothing(Scene scene) {
        scene.latency("100..300");
        scene.work().mixture(25, 10);
    }
}
