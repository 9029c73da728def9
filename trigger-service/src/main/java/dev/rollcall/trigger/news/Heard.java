package dev.rollcall.trigger.news;

import dev.rollcall.message.BatchNews;
import dev.rollcall.message.Event;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.TaskEnded;
import dev.rollcall.message.TasksEnded;
import java.util.List;
import java.util.stream.Stream;

/// What the topics told this replica in one poll: fired as a CDI event, to observers that must not block.
///
/// @param ended tasks whose claim is over
/// @param batches what became of batches
/// @param runs what became of runs
public record Heard(List<TaskEnded> ended, List<BatchNews> batches, List<RunNews> runs) {
    static Heard of(List<Event> events) {
        return new Heard(
                only(events, TasksEnded.class)
                        .flatMap(news -> news.ended().stream())
                        .toList(),
                only(events, BatchNews.class).toList(),
                only(events, RunNews.class).toList());
    }

    private static <E> Stream<E> only(List<Event> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
