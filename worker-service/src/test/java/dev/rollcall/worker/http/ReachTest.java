package dev.rollcall.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    private static final Reach NOTHING_MORE = Reach.of(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.0",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.192",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "64:ff9b::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2002:c0a8:101::1",
                "2001::1",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd12:3456::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "4000::1"
            })
    void what_is_not_public_is_refused(String address) {
        assertThat(NOTHING_MORE.permits("example.com", InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "2001:4860:4860::8888"
            })
    void what_is_public_may_be_asked(String address) {
        assertThat(NOTHING_MORE.permits("example.com", InetAddress.ofLiteral(address)))
                .isTrue();
    }

    @Test
    void a_mapped_address_is_judged_by_what_it_maps() throws Exception {
        // spelled as bytes, so that Java does not make an IPv4 address of it
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        System.arraycopy(new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254}, 0, bytes, 12, 4);
        assertThat(Reach.isPublic(Inet6Address.getByAddress("metadata", bytes, -1)))
                .isFalse();
        assertThat(Reach.isPublic(InetAddress.ofLiteral("::ffff:127.0.0.1"))).isFalse();
    }

    @Test
    void a_network_can_be_allowed() {
        Reach reach = Reach.of(List.of("10.1.0.0/16", " 127.0.0.1 ", "fd00:1::/32"));
        assertThat(reach.permits("x", InetAddress.ofLiteral("10.1.255.1"))).isTrue();
        assertThat(reach.permits("x", InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(reach.permits("x", InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(reach.permits("x", InetAddress.ofLiteral("127.0.0.2"))).isFalse();
        assertThat(reach.permits("x", InetAddress.ofLiteral("fd00:1:2::3"))).isTrue();
        assertThat(reach.permits("x", InetAddress.ofLiteral("fd00:2::3"))).isFalse();
    }

    @Test
    void a_host_can_be_allowed_wherever_it_is() {
        Reach reach = Reach.of(List.of("Receiver.internal"));
        InetAddress address = InetAddress.ofLiteral("10.0.0.1");
        assertThat(reach.permits("receiver.INTERNAL.", address)).isTrue();
        assertThat(reach.permits("other.internal", address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/", "1.2.3.4.5", "a/8"})
    void nonsense_is_refused_when_the_worker_starts(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> Reach.of(List.of(entry)));
    }
}
