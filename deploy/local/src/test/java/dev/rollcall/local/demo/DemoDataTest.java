package dev.rollcall.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.servers.RepositoryRoot;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoDataTest {

    private final DemoData data = DemoData.of(RepositoryRoot.find(), URI.create("http://127.0.0.1:9999"));

    @Test
    void there_are_25_organizations_245_prompts_and_4_providers() {
        assertThat(rows(data.organizations())).hasSize(25);
        assertThat(rows(data.prompts())).hasSize(245);
        assertThat(rows(data.providers(0))).hasSize(4);
    }

    @Test
    void every_prompt_belongs_to_an_organization_and_is_there_once() {
        var organizations = new HashSet<>(firstColumns(data.organizations()));
        assertThat(firstColumns(data.prompts())).allMatch(organizations::contains);
        assertThat(rows(data.prompts())).doesNotHaveDuplicates();
    }

    @Test
    void exactly_one_prompt_fails_for_good() {
        assertThat(rows(data.prompts()))
                .filteredOn(row -> row.contains("[[sim:status=400]]"))
                .hasSize(1);
    }

    @Test
    void every_provider_is_the_simulator_with_the_wanted_concurrency() {
        assertThat(rows(data.providers(0))).allMatch(row -> row.contains(",http://127.0.0.1:9999/"));
        assertThat(rows(data.providers(64))).allMatch(row -> row.contains(",64,2000,"));
    }

    @Test
    void in_the_large_night_only_one_organization_is_active() {
        assertThat(rows(data.onlyLargeOrganization()))
                .filteredOn(row -> row.endsWith(",true"))
                .hasSize(1);
        assertThat(rows(data.largePrompts(1000))).hasSize(1000).doesNotHaveDuplicates();
    }

    private static List<String> firstColumns(byte[] csv) {
        return rows(csv).stream().map(row -> row.substring(0, row.indexOf(','))).toList();
    }

    private static List<String> rows(byte[] csv) {
        Stream<String> lines = new String(csv, UTF_8).lines();
        return lines.skip(1).toList();
    }
}
