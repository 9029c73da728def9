package dev.rollcall.trigger.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DesksTest {
    private static final int MANY = 1200;

    @Test
    void whoComesAloneIsServedAtOnceByItself() {
        List<Thread> served = new ArrayList<>();
        new Desks<Integer>(things -> served.add(Thread.currentThread())).bring("acme", 1);
        assertThat(served).containsExactly(Thread.currentThread());
    }

    @Test
    void whoComesMeanwhileIsServedTogether() throws Exception {
        var rounds = new ConcurrentLinkedQueue<Integer>();
        var opened = new CountDownLatch(1);
        var desks = new Desks<Integer>(things -> {
            rounds.add(things.size());
            if (rounds.size() == 1) {
                hold(opened);
            }
        });
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = executor.submit(() -> desks.bring("acme", 0));
            await().until(() -> rounds.size() == 1);
            var waiting = new ConcurrentLinkedQueue<Thread>();
            List<? extends Future<?>> others = IntStream.rangeClosed(1, MANY)
                    .mapToObj(n -> executor.submit(() -> {
                        waiting.add(Thread.currentThread());
                        desks.bring("acme", n);
                    }))
                    .toList();
            await("all of them wait")
                    .until(() -> waiting.size() == MANY
                            && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            opened.countDown();
            first.get();
            for (Future<?> other : others) {
                other.get();
            }
        }
        assertThat(rounds).containsExactly(1, 500, 500, 200);
    }

    @Test
    void eachIsServedOnceAndNobodysDeskTwiceAtATime() throws Exception {
        var served = new ConcurrentLinkedQueue<Integer>();
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var desks = new Desks<Integer>(things -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            served.addAll(things);
            Thread.yield();
            inside.decrementAndGet();
        });
        run(n -> {
            desks.bring("acme", n);
            assertThat(served).contains(n);
        });
        assertThat(served).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(most).hasValue(1);
    }

    @Test
    void aServiceThatBreaksOffKeepsNobodyWaiting() {
        var desks = new Desks<Integer>(DesksTest::breakOff);
        for (int n = 0; n < 3; n++) {
            int thing = n;
            assertThatThrownBy(() -> desks.bring("acme", thing)).isInstanceOf(StackOverflowError.class);
        }
    }

    private static void breakOff(Collection<Integer> things) {
        throw new StackOverflowError("for " + things.size());
    }

    private static void run(Consumer<Integer> one) throws Exception {
        try (var executor = Executors.newFixedThreadPool(50)) {
            List<? extends Future<?>> all = IntStream.range(0, MANY)
                    .mapToObj(n -> executor.submit(() -> one.accept(n)))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
