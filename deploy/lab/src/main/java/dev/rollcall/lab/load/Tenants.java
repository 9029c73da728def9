package dev.rollcall.lab.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.Terms;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.KeyApi;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.system.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Organizations, each with a key, prompts and a canary: a word that is in all it asks, and in
/// nothing of anybody else's.
///
/// @param canaries by organization
/// @param keys by organization
public record Tenants(Laboratory lab, Map<String, String> canaries, Map<String, String> keys) {

    public static final List<String> NAMES = List.of("acme", "bravo", "carol");
    public static final List<String> PROVIDERS = List.of("openai", "mistral", "anthropic", "gemini");

    /// Prompts of each organization.
    public static final int PROMPTS = 10;

    private static final List<String> SCOPES = List.of("read", "write", "operate");

    /// Tells the services of them.
    public static Tenants settle(Laboratory lab, Terms terms) {
        var canaries = new LinkedHashMap<String, String>();
        NAMES.forEach(name -> canaries.put(
                name,
                "canary-%s-%s".formatted(name, UUID.randomUUID().toString().substring(0, 8))));
        Api operator = lab.api(lab.names(Service.TRIGGER).getFirst());
        var trigger = new TriggerApi(operator);
        trigger.put("organizations", organizations().getBytes(UTF_8));
        trigger.put("prompts", prompts(canaries).getBytes(UTF_8));
        trigger.put("providers", providers(lab, terms).getBytes(UTF_8));
        var keys = new LinkedHashMap<String, String>();
        for (String name : NAMES) {
            var order = new KeyApi.Order("laboratory", SCOPES, null);
            keys.put(name, new KeyApi(operator).create(order, name).key());
        }
        return new Tenants(lab, Map.copyOf(canaries), Map.copyOf(keys));
    }

    /// Edits the providers.
    public static void allow(Laboratory lab, Terms terms) {
        new TriggerApi(lab.api(lab.names(Service.TRIGGER).getFirst()))
                .put("providers", providers(lab, terms).getBytes(UTF_8));
    }

    public String canary(String organization) {
        return canaries.getOrDefault(organization, "");
    }

    /// What an organization's own people see, through one of the triggers.
    public Api api(String organization, String trigger) {
        return new Api(lab.system().address(trigger), "", keys.getOrDefault(organization, ""));
    }

    /// Their keys, by what they are.
    public Map<String, String> secrets() {
        return keys.entrySet().stream()
                .collect(Collectors.toMap(entry -> "the key of " + entry.getKey(), Map.Entry::getValue));
    }

    private static String organizations() {
        return NAMES.stream()
                .map("%1$s,%1$s,true\n"::formatted)
                .collect(Collectors.joining("", "id,name,active\n", ""));
    }

    private static String prompts(Map<String, String> canaries) {
        var csv = new StringBuilder("organization,id,text\n");
        canaries.forEach((name, canary) -> IntStream.rangeClosed(1, PROMPTS)
                .forEach(n -> csv.append("%s,p%02d,%s asks for topic %d\n".formatted(name, n, canary, n))));
        return csv.toString();
    }

    /// A call that hangs is given up after some seconds.
    private static String providers(Laboratory lab, Terms terms) {
        var csv = new StringBuilder("id,protocol,base_url,model,key_variable,concurrency,connect_timeout_ms,"
                + "total_timeout_ms,active\n");
        for (String name : PROVIDERS) {
            String protocol = name.equals("mistral") ? "openai" : name;
            csv.append("%s,%s,%s/%s/%s,a-model,DEMO_OPENAI_KEY,%d,2000,10000,true\n"
                    .formatted(
                            name,
                            protocol,
                            lab.providers(),
                            name,
                            name.equals("gemini") ? "v1beta" : "v1",
                            terms.concurrency()));
        }
        return csv.toString();
    }
}
