package dev.rollcall.trigger.catalog;

import java.util.List;

/// `id,name,active`
final class OrganizationSheet implements Sheet<Organization> {
    @Override
    public List<String> required() {
        return List.of("id", "name");
    }

    @Override
    public List<String> optional() {
        return List.of("active");
    }

    @Override
    public Organization read(Cells cells) throws BadCell {
        return new Organization(cells.id("id"), cells.text("name"), cells.flag("active"));
    }

    @Override
    public String key(Organization row) {
        return "organization " + row.id;
    }
}
