package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.Heap;
import dev.rollcall.bench.subject.Results;
import dev.rollcall.bench.subject.Subject;
import dev.rollcall.local.client.BatchApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// B9: a million results as CSV over HTTP, beside a program that reads them with a cursor and writes them with Jackson.
public final class Export implements Workload {

    private static final int ROWS = 1_000_000;
    private static final int BYTES = 100;
    private static final double LEAST = 300_000;
    private static final double HEAP = 16;
    private static final String PLAIN = "JDBC cursor + Jackson";

    @Override
    public String id() {
        return "B9";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        int rows = rig.effort().of(ROWS);
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        var growths = new ArrayList<Double>();
        try (var subject = Subject.start(Subject.blueprint(rig.folder().resolve("b9")))) {
            Queues.paused(subject, "bench");
            var ledger = subject.ledger();
            long batch = Results.make(ledger.database(), ledger.organization(), "bench", rows, BYTES);
            ledger.settle();
            exported(subject, batch, rows);
            read(subject, batch, rows);
            for (int round = 0; round < rig.effort().pairs(); round++) {
                try (var heap = Heap.watch(subject.api())) {
                    ours.add(exported(subject, batch, rows));
                    growths.add(heap.growth());
                }
                theirs.add(read(subject, batch, rows));
                rig.say("round %d: %,.0f rows/s, %s %,.0f", round + 1, ours.getLast(), PLAIN, theirs.getLast());
            }
        }
        var raw = new LinkedHashMap<String, List<Double>>();
        raw.put(RollcallContestant.NAME, ours);
        raw.put(PLAIN, theirs);
        raw.put("heap growth, MiB", growths);
        return new Section(
                id(),
                "export of %,d results with answers of %d bytes as CSV over HTTP".formatted(rows, BYTES),
                List.of("contestant", "rows/s", "rollcall is x"),
                List.of(
                        Cells.of(
                                RollcallContestant.NAME,
                                Math.round(Sample.of(ours).median()),
                                null),
                        Cells.of(
                                PLAIN,
                                Math.round(Sample.of(theirs).median()),
                                new Ratios(ours, theirs).each().median())),
                List.of(
                        Aim.atLeast("300,000 rows/s", Sample.of(ours).median(), LEAST, " rows/s"),
                        Aim.atMost(
                                "16 MiB more heap at most",
                                Sample.of(growths).most(),
                                HEAP,
                                " MiB more in the old generation")),
                List.of(
                        "what reads with a cursor writes to nowhere; Rollcall's answer goes over HTTP to a client that counts lines"),
                Subject.SETTINGS,
                raw);
    }

    private static double exported(Subject subject, long batch, int rows) {
        long begun = System.nanoTime();
        var lines = new AtomicLong();
        try {
            new BatchApi(subject.api()).results(Long.toString(batch), BatchApi.Format.CSV, in -> lines.set(lines(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (lines.get() != rows + 1L) {
            throw new IllegalStateException("%d lines came, not a header and %d rows".formatted(lines.get(), rows));
        }
        return rows / seconds;
    }

    private static long lines(InputStream in) throws IOException {
        long lines = 0;
        byte[] piece = new byte[1 << 16];
        for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
            for (int i = 0; i < size; i++) {
                if (piece[i] == '\n') {
                    lines++;
                }
            }
        }
        return lines;
    }

    private static double read(Subject subject, long batch, int rows) {
        long begun = System.nanoTime();
        try {
            long read = Results.read(subject.system().jdbcUrl(), batch, OutputStream.nullOutputStream());
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (read != rows) {
                throw new IllegalStateException("%d rows were read of %d".formatted(read, rows));
            }
            return rows / seconds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
