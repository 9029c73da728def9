package dev.rollcall.trigger.schedule;

import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import dev.rollcall.schedule.Schedule;
import dev.rollcall.trigger.plan.RunConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The schedule as configured. Made at start, so that a service with a setting nobody can read refuses to start.
@Singleton
class ScheduleSetting {
    /// Quarkus's scheduler reads the expression too, but does not say which setting it is.
    private static final int BEFORE_THE_SCHEDULER = PLATFORM_BEFORE - 1;

    @Produces
    @Singleton
    @Startup(BEFORE_THE_SCHEDULER)
    Schedule schedule(RunConfig config, @ConfigProperty(name = "rollcall.zone") String zone) {
        return Schedule.of("rollcall.run.cron", config.cron(), zone);
    }
}
