package dev.rollcall.trigger.catalog;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/// Who answers prompts.
@Entity
@Table(name = "provider")
public class Provider extends PanacheEntityBase {
    @Id
    public String id;

    /// One of [ProviderSheet#PROTOCOLS].
    public String protocol;

    @Column(name = "base_url")
    public String baseUrl;

    public String model;

    /// Names an environment variable of the workers; never the key itself.
    @Column(name = "key_variable")
    public @Nullable String keyVariable;

    /// Calls at one time, over all workers.
    public int concurrency;

    @Column(name = "connect_timeout_ms")
    public int connectTimeoutMs;

    @Column(name = "total_timeout_ms")
    public int totalTimeoutMs;

    /// Only an active provider is part of a run.
    public boolean active;

    @SuppressWarnings("NullAway.Init") // Hibernate fills what it makes
    protected Provider() {}

    Provider(String id, String protocol, String baseUrl, String model) {
        this.id = id;
        this.protocol = protocol;
        this.baseUrl = baseUrl;
        this.model = model;
    }
}
