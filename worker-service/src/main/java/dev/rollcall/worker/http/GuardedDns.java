package dev.rollcall.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves names to addresses that may be asked. The client connects to what this returns and resolves nothing else,
/// so a name that changes its mind between a check and a connection changes nothing.
record GuardedDns(DnsResolver dns, Reach reach) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] permitted = Arrays.stream(dns.resolve(host))
                .filter(address -> reach.permits(host, address))
                .toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw new Refused(host);
        }
        return permitted;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /// The host has addresses, but none that may be asked.
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1;

        Refused(String host) {
            // not which addresses: it would tell callers what our names resolve to
            super("%s is at no public address".formatted(host));
        }
    }
}
