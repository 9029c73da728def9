package dev.rollcall.trigger.batch.rows;

import static java.util.stream.Collectors.joining;

import dev.rollcall.trigger.batch.rows.Frame.Lane;

/// The statement that copies a batch's final tasks out of the ledger, provider by provider, each in the order of its
/// rows. It is one statement, so it sees one snapshot; and it follows the primary keys, so the first row comes at once
/// and nothing is sorted or gathered, however many there are.
final class Copy {
    private Copy() {}

    static String of(Frame frame, Format format) {
        String rows =
                frame.lanes().stream().map(lane -> lane(frame, lane, format)).collect(joining("\nunion all\n"));
        return "copy (\n%s\n) to stdout with (format csv, encoding 'UTF8'%s)"
                .formatted(rows, format == Format.JSONL ? ", quote E'\\x01', delimiter E'\\x02'" : "");
    }

    private static String lane(Frame frame, Lane lane, Format format) {
        long from = lane.id() << 24;
        long to = lane.id() + 1 << 24;
        String line =
                switch (format) {
                    case CSV -> Csv.line(frame, lane);
                    case JSONL -> Jsonl.line(frame, lane);
                };
        return """
                (select %s
                 from task t
                 left join attempt a
                     on a.day = '%s' and a.task >= %d and a.task < %d
                     and a.task = t.id and a.attempt = t.attempt and not a.late
                 cross join lateral (
                     -- no order of the items is known to be the tasks' order, so each is looked up
                     select n, cells from item
                     where day = '%s' and batch = %d and n = (t.id & 16777215)::integer limit 1
                 ) as i
                 where t.day = '%s' and t.id >= %d and t.id < %d and t.state in ('succeeded', 'failed', 'cancelled')
                 order by t.id)""".formatted(
                        line, frame.day(), from, to, frame.day(), frame.batch().value(), frame.day(), from, to);
    }
}
