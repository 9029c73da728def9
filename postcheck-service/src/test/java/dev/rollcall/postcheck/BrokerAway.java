package dev.rollcall.postcheck;

import java.util.Map;

/// As [TestSettings], but nobody listens where the broker should be.
public class BrokerAway extends TestSettings {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = super.getConfigOverrides();
        for (String channel : new String[] {"runs", "coverage"}) {
            settings.put("mp.messaging.outgoing." + channel + ".bootstrap.servers", "127.0.0.1:9");
            settings.put("mp.messaging.outgoing." + channel + ".max.block.ms", "2000");
        }
        settings.put("quarkus.log.category.\"org.apache.kafka.clients.NetworkClient\".level", "ERROR");
        settings.put("rollcall.postcheck.broker-wait", "200ms");
        settings.put("rollcall.postcheck.repair-wait", "500ms");
        return settings;
    }
}
