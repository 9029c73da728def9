package dev.rollcall.trigger.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.trigger.catalog.CsvFile.Row;
import dev.rollcall.trigger.catalog.Faults.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
    private final Faults faults = new Faults();

    @Test
    void theHeaderNamesTheColumnsInAnyOrder() {
        List<Row<Prompt>> rows = prompts("text,id,organization\nWhy?,p1,acme\n");
        Prompt prompt = rows.getFirst().value();
        assertThat(faults.named()).isEmpty();
        assertThat(List.of(prompt.organization, prompt.id, prompt.text)).containsExactly("acme", "p1", "Why?");
        assertThat(prompt.active).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aQuotedTextKeepsItsCommasQuotesAndLinesAndARowsLineIsWhereItBegins(String end) {
        String file = String.join(
                end,
                "organization,id,text,active",
                "acme,p1,\"one, \"\"two\"\"" + end + "three\",false",
                "",
                "acme,p2,ünïcode 🐘,true",
                "acme,p 3,x,true",
                "");
        List<Row<Prompt>> rows = prompts(file);
        assertThat(rows.getFirst().value().text).isEqualTo("one, \"two\"" + end + "three");
        assertThat(rows.getFirst().value().active).isFalse();
        assertThat(rows.get(1).value().text).isEqualTo("ünïcode 🐘");
        assertThat(rows).extracting(Row::line).containsExactly(2L, 5L);
        assertThat(faults.named()).extracting(Fault::line).containsExactly(6L);
    }

    @Test
    void aByteOrderMarkIsLeftOut() {
        assertThat(prompts("\uFEFForganization,id,text\nacme,p1,\uFEFFx\n")).hasSize(1);
        assertThat(faults.named()).isEmpty();
    }

    @Test
    void theSameCharacterFurtherDownIsTextHoweverTheFileArrives() {
        InputStream inTwoPieces =
                new SequenceInputStream(bytes("\uFEFForganization,id,text\nacme,p1,"), bytes("\uFEFFx\n"));
        assertThat(CsvFile.read(inTwoPieces, new PromptSheet(), faults)
                        .getFirst()
                        .value()
                        .text)
                .isEqualTo("\uFEFFx");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(prompts("organization,id,text\nacme,p1,x")).hasSize(1);
        assertThat(faults.named()).isEmpty();
    }

    @Test
    void everyBadLineIsNamed() {
        prompts("""
                organization,id,text,active
                ,p1,x,true
                acme,p/2,x,true
                acme,p3,  ,true
                acme,p4,x,yes
                acme,p5,x
                acme,p6,x,true,more
                acme,p7,x,true
                acme,p7,y,true
                acme,p8,a\0b,true
                """);
        assertThat(faults.named())
                .containsExactly(
                        new Fault(2, id("organization")),
                        new Fault(3, id("id")),
                        new Fault(4, "text must not be empty"),
                        new Fault(5, "active must be true or false"),
                        new Fault(6, "3 cells, but the header names 4 columns"),
                        new Fault(7, "5 cells, but the header names 4 columns"),
                        new Fault(9, "prompt p7 of organization acme is on line 8 already"),
                        new Fault(10, "text holds a NUL character, which cannot be stored"));
    }

    @Test
    void unknownMissingAndDoubleColumnsAreNamed() {
        prompts("organization,text,text,colour,sk-4711\n");
        assertThat(faults.named())
                .containsExactly(
                        new Fault(1, "column text is there twice"),
                        new Fault(1, "column 4 (colour) is unknown; known are organization, id, text, active"),
                        new Fault(1, "column 5 is unknown; known are organization, id, text, active"),
                        new Fault(1, "column id is missing"));
    }

    @Test
    void anEmptyFileIsNoFile() {
        prompts("");
        assertThat(faults.named()).extracting(Fault::message).first().asString().contains("empty");
    }

    @Test
    void malformedBytesAreNamedWithTheirLine() {
        byte[] file = "organization,id,text\nacme,p1,ok\nacme,p2,Z?rich\nacme,p3,ok\n".getBytes(UTF_8);
        file[new String(file, UTF_8).indexOf('?')] = (byte) 0xFC;
        CsvFile.read(new ByteArrayInputStream(file), new PromptSheet(), faults);
        assertThat(faults.named()).containsExactly(new Fault(3, "not UTF-8; the rest of the file was not read"));
    }

    @Test
    void aCharacterCutAtTheEndIsMalformed() {
        byte[] file = "organization,id,text\nacme,p1,ü".getBytes(UTF_8);
        CsvFile.read(new ByteArrayInputStream(file, 0, file.length - 1), new PromptSheet(), faults);
        assertThat(faults.named()).containsExactly(new Fault(2, "not UTF-8; the rest of the file was not read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme,p2,\"never ends\n", "acme,p2,\"x\"y\n"})
    void quotesThatDoNotMatchAreNamedWithTheLineTheirRowBeginsOn(String line) {
        prompts("organization,id,text\nacme,p1,ok\n" + line + "acme,p3,ok\n");
        assertThat(faults.named())
                .containsExactly(
                        new Fault(3, "the quotes of this row do not match; the rest of the file was not read"));
    }

    @Test
    void aThousandBadLinesAreCountedAndAHundredNamed() {
        prompts("organization,id,text\n" + "acme,?,x\n".repeat(1000));
        assertThat(faults.count()).isEqualTo(1000);
        assertThat(faults.named()).hasSize(100);
    }

    @Test
    void textsLongerThanEveryBufferArriveWhole() {
        String text = "äöü🐘".repeat(30_000);
        assertThat(prompts("organization,id,text\nacme,p1," + text + "\n")
                        .getFirst()
                        .value()
                        .text)
                .isEqualTo(text);
    }

    @Test
    void aSenderThatGoesAwayIsNoBadLine() {
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> CsvFile.read(gone, new PromptSheet(), faults))
                .isInstanceOf(UncheckedIOException.class);
    }

    private List<Row<Prompt>> prompts(String file) {
        return CsvFile.read(bytes(file), new PromptSheet(), faults);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static String id(String column) {
        return column
                + " must be 1 to 100 letters, digits, dots, underscores or hyphens and begin with a letter or a digit";
    }
}
