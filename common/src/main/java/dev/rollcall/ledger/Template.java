package dev.rollcall.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A batch's prompt: text with `{{column}}` where a row's cell goes.
///
/// Whitespace beside the name is left out. There are no expressions, and a cell is never looked at again: one that
/// holds `{{other}}` arrives so. Braces that enclose no name (`{`, `{{{`, `{{a}`) are text.
public final class Template {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    /// One more than there are names: the text before, between and after them.
    private final List<String> texts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private Template(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int from = 0;
        while (placeholder.find()) {
            texts.add(text.substring(from, placeholder.start()));
            names.add(placeholder.group(1).strip());
            from = placeholder.end();
        }
        texts.add(text.substring(from));
    }

    public static Template parse(String text) {
        return new Template(text);
    }

    /// The names, in the order of their first appearance.
    public Set<String> placeholders() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /// The prompt of one row.
    ///
    /// @param columns the names of the cells, in their order
    /// @throws IllegalArgumentException when a placeholder is no column, or cells and columns differ in number
    public String render(List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("%d cells for %d columns".formatted(cells.size(), columns.size()));
        }
        StringBuilder prompt = new StringBuilder(texts.getFirst());
        for (int i = 0; i < names.size(); i++) {
            int column = columns.indexOf(names.get(i));
            if (column < 0) {
                throw new IllegalArgumentException("{{%s}} is no column".formatted(names.get(i)));
            }
            prompt.append(cells.get(column)).append(texts.get(i + 1));
        }
        return prompt.toString();
    }
}
