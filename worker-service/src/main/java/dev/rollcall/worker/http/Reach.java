package dev.rollcall.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Which addresses may be asked: public ones, and what the deployment allows beside them. Callers name the addresses,
/// and a worker stands where the ledger, the broker and a cloud's metadata can be reached.
///
/// @param hosts names whose addresses are not looked at
/// @param networks networks that need not be public
record Reach(Set<String> hosts, List<Cidr> networks) {
    /// Not public, or public and still not for us: see IANA's registries of special-purpose addresses
    /// ([IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry),
    /// [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry)).
    private static final List<Cidr> REFUSED = networks("""
            0.0.0.0/8        this network, unspecified
            10.0.0.0/8       private
            100.64.0.0/10    carrier-grade NAT
            127.0.0.0/8      loopback
            168.63.129.16/32 a cloud's agent, though the address is public
            169.254.0.0/16   link-local, clouds' metadata
            172.16.0.0/12    private
            192.0.0.0/24     protocol assignments
            192.0.2.0/24     documentation
            192.88.99.0/24   6to4 relays, deprecated
            192.168.0.0/16   private
            198.18.0.0/15    benchmarking
            198.51.100.0/24  documentation
            203.0.113.0/24   documentation
            224.0.0.0/4      multicast
            240.0.0.0/4      reserved, broadcast
            2001::/23        protocol assignments, Teredo
            2001:db8::/32    documentation
            3fff::/20        documentation
            """);
    /// All that is public in IPv6 today. What is outside (loopback, unique-local, link-local, multicast, ...) is not.
    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
    private static final int IPV6_BYTES = 16;

    /// @param allowed names of hosts, and networks
    /// @throws IllegalArgumentException for an entry that is neither
    static Reach of(List<String> allowed) {
        Set<String> hosts = new HashSet<>();
        List<Cidr> networks = new ArrayList<>();
        for (String entry : allowed) {
            String text = entry.strip();
            if (Cidr.isOne(text)) {
                networks.add(Cidr.parse(text));
            } else if (!text.isEmpty()) {
                hosts.add(plain(text));
            }
        }
        return new Reach(Set.copyOf(hosts), List.copyOf(networks));
    }

    /// @param host as the request names it
    /// @param address what would be connected to
    boolean permits(String host, InetAddress address) {
        return hosts.contains(plain(host))
                || networks.stream().anyMatch(network -> network.contains(address))
                || isPublic(address);
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV6_BYTES) {
            if (isMapped(bytes) || NAT64.contains(address)) {
                return isPublic(embedded(bytes, 12));
            }
            if (SIX_TO_FOUR.contains(address)) {
                return isPublic(embedded(bytes, 2));
            }
            if (!GLOBAL_UNICAST.contains(address)) {
                return false;
            }
        }
        return REFUSED.stream().noneMatch(network -> network.contains(address));
    }

    /// Java itself makes an IPv4 address of these, unless somebody insists.
    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    private static InetAddress embedded(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static List<Cidr> networks(String table) {
        return table.lines()
                .flatMap(line -> Stream.of(line.split(" ", 2)[0]))
                .map(Cidr::parse)
                .toList();
    }
}
