package dev.rollcall.servers;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/// Clients that administrate a broker.
final class Admins {

    private Admins() {}

    /// Kafka looks for its own classes with the thread's class loader. In a test under Quarkus that may be another one
    /// than ours, which has the same classes once more.
    static Admin create(String bootstrapServers, Map<String, Object> settings) {
        var config = new HashMap<>(settings);
        config.put("bootstrap.servers", bootstrapServers);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Admin.class.getClassLoader());
        try {
            return Admin.create(config);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
