package dev.rollcall.trigger.schedule;

import dev.rollcall.trigger.plan.RunConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The schedule as configured. Made at start, so that a service with a setting nobody can read refuses to start.
@Singleton
class ScheduleSetting {
    @Produces
    @Singleton
    @Startup
    Schedule schedule(RunConfig config, @ConfigProperty(name = "rollcall.zone") String zone) {
        return Schedule.of(config.cron(), zone);
    }
}
