package dev.rollcall.trigger.catalog;

import java.util.List;

/// `organization,id,text,active`
final class PromptSheet implements Sheet<Prompt> {
    @Override
    public List<String> required() {
        return List.of("organization", "id", "text");
    }

    @Override
    public List<String> optional() {
        return List.of("active");
    }

    @Override
    public Prompt read(Cells cells) throws BadCell {
        return new Prompt(cells.id("organization"), cells.id("id"), cells.text("text"), cells.flag("active"));
    }

    @Override
    public String key(Prompt row) {
        return "prompt %s of organization %s".formatted(row.id, row.organization);
    }
}
