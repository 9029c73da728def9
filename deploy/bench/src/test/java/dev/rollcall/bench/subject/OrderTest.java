package dev.rollcall.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderTest {

    private final Order order = new Order(3, 0, 60, 1, true);

    @Test
    void anAnswerIsThePayloadAgainAndAgain() {
        assertThat(order.payload(2)).isEqualTo("{\"n\":2,\"millis\":0,\"bytes\":60}");
        assertThat(order.answer(2)).hasSize(60).startsWith(order.payload(2) + order.payload(2));
    }

    @Test
    void itsChecksumIsOfAllAnswers() {
        assertThat(order.checksum().rows()).isEqualTo(3);
        assertThat(order.checksum()).isNotEqualTo(new Order(3, 1, 60, 1, true).checksum());
    }
}
