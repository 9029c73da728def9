package dev.rollcall.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CpuTest {

    private final Map<String, Long> me = Map.of("me", ProcessHandle.current().pid());

    @Test
    void workCostsCpu() {
        Cpu before = Cpu.of(me);
        long end = System.nanoTime() + 300_000_000;
        long spun = 0;
        while (System.nanoTime() < end || Cpu.of(me).since(before).sum() < 0.05) {
            spun++;
        }
        assertThat(spun).isPositive();
        assertThat(Cpu.of(me).since(before).seconds().get("me")).isBetween(0.05, 60.0);
    }

    @Test
    void whatAChildHasUsedIsItsParentsWhenItHasEnded() throws Exception {
        Cpu before = Cpu.of(me);
        var child = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done").start();
        assertThat(child.waitFor()).isZero();
        assertThat(Cpu.of(me).since(before).sum()).isGreaterThan(0.05);
    }

    @Test
    void whoHasEndedIsNotCounted() throws Exception {
        var child = new ProcessBuilder("true").start();
        child.waitFor();
        assertThat(Cpu.of(Map.of("gone", child.pid())).seconds()).isEmpty();
    }
}
