package dev.rollcall.trigger.catalog;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/// What an organization asks every provider, every night.
@Entity
@Table(name = "prompt")
@IdClass(Prompt.Key.class)
public class Prompt extends PanacheEntityBase {
    /// A prompt's id is its organization's own.
    public record Key(String organization, String id) {}

    @Id
    public String organization;

    @Id
    public String id;

    public String text;

    /// Only an active prompt is part of a run.
    public boolean active;

    @SuppressWarnings("NullAway.Init") // Hibernate fills what it makes
    protected Prompt() {}

    Prompt(String organization, String id, String text, boolean active) {
        this.organization = organization;
        this.id = id;
        this.text = text;
        this.active = active;
    }
}
