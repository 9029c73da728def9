package dev.rollcall.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final List<String> COLUMNS = List.of("title", "name");

    @Test
    void everyPlaceholderBecomesItsCellHoweverOften() {
        assertThat(render("{{name}}, {{title}} or {{name}}?", "Dune", "Ada")).isEqualTo("Ada, Dune or Ada?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{title}}", "{{ title }}", "{{\ttitle\n}}", "{{title\u2003}}"})
    void whitespaceBesideTheNameIsLeftOut(String template) {
        assertThat(render(template, "Dune", "Ada")).isEqualTo("Dune");
    }

    @Test
    void aCellIsNeverLookedAtAgain() {
        assertThat(render("{{title}}-{{name}}", "{{name}}", "$1 \\1 {{title}}")).isEqualTo("{{name}}-$1 \\1 {{title}}");
    }

    @Test
    void aCellThatCompletesBracesOfTheTextMakesNoPlaceholder() {
        assertThat(render("{{{title}}{name}}", "{", "Ada")).isEqualTo("{{{name}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no braces", "{title}", "{{title}", "{{title", "title}}", "{{{", "{\"a\": {\"b\": 1}}"})
    void bracesThatEncloseNoNameAreText(String template) {
        assertThat(Template.parse(template).placeholders()).isEmpty();
        assertThat(render(template, "Dune", "Ada")).isEqualTo(template);
    }

    @Test
    void everyCharacterStaysAsItIs() {
        String text = "\r\n\t 🐘 e\u0301 é \uFEFF \u202E \u0001 ＂中文";
        assertThat(render(text + "{{title}}" + text, text, "")).isEqualTo(text + text + text);
    }

    @Test
    void aNameMayBeAnythingWithoutBraces() {
        assertThat(Template.parse("{{First name}} {{größe}} {{a.b()}} {{}}").placeholders())
                .containsExactly("First name", "größe", "a.b()", "");
        assertThat(Template.parse("{{größe}}").render(List.of("größe"), List.of("8")))
                .isEqualTo("8");
    }

    @Test
    void namesComeOnceInTheOrderOfTheirAppearance() {
        assertThat(Template.parse("{{b}}{{a}}{{ b }}").placeholders()).containsExactly("b", "a");
    }

    @Test
    void whatIsNoColumnCannotBeRendered() {
        assertThatThrownBy(() -> render("{{colour}}", "Dune", "Ada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> Template.parse("x").render(COLUMNS, List.of("one")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String render(String template, String title, String name) {
        return Template.parse(template).render(COLUMNS, List.of(title, name));
    }
}
