package dev.rollcall.worker.http;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A network: an address and how many of its leading bits matter.
record Cidr(InetAddress network, int bits) {
    private static final Pattern FORM =
            Pattern.compile("((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]*)(?:/([0-9]{1,3}))?");

    Cidr {
        if (bits < 0 || bits > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("%s has no %d bits".formatted(network.getHostAddress(), bits));
        }
    }

    /// Whether the text is meant to be a network and not a host's name.
    static boolean isOne(String text) {
        return text.indexOf(':') >= 0 || text.indexOf('/') >= 0 || text.matches("[0-9.]+");
    }

    /// @param text `10.0.0.0/8`, `fd00::/8`, or one address
    /// @throws IllegalArgumentException for anything else
    static Cidr parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'%s' is not a network such as 10.0.0.0/8".formatted(text));
        }
        InetAddress network = InetAddress.ofLiteral(form.group(1));
        String bits = form.group(2);
        return new Cidr(network, bits == null ? network.getAddress().length * Byte.SIZE : Integer.parseInt(bits));
    }

    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
