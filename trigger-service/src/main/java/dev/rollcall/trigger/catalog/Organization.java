package dev.rollcall.trigger.catalog;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// Whose prompts are run.
@Entity
@Table(name = "organization")
public class Organization extends PanacheEntityBase {
    @Id
    public String id;

    public String name;

    /// Only an active organization is part of a run.
    public boolean active;

    @SuppressWarnings("NullAway.Init") // Hibernate fills what it makes
    protected Organization() {}

    Organization(String id, String name, boolean active) {
        this.id = id;
        this.name = name;
        this.active = active;
    }
}
