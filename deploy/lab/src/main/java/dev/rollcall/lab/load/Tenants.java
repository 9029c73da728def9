package dev.rollcall.lab.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.Terms;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.KeyApi;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.system.Service;
import java.util.HashMap;
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
    private static final List<String> NEWCOMERS_SCOPES = List.of("read", "write");

    /// Tells the services of them.
    public static Tenants settle(Laboratory lab, Terms terms) {
        Tenants tenants = new Tenants(lab, Map.of(), Map.of()).with(NAMES, true, SCOPES);
        var trigger = new TriggerApi(operator(lab));
        trigger.put("prompts", tenants.prompts().getBytes(UTF_8));
        trigger.put("providers", providers(lab, terms).getBytes(UTF_8));
        return tenants;
    }

    /// More organizations, for work that they hand in. They are not active: no night is theirs.
    ///
    /// @param names letters only, as a canary is recognized by them
    public Tenants welcome(List<String> names) {
        return with(names, false, NEWCOMERS_SCOPES);
    }

    private Tenants with(List<String> names, boolean active, List<String> scopes) {
        Api operator = operator(lab);
        new TriggerApi(operator)
                .put("organizations", organizations(names, active).getBytes(UTF_8));
        var allCanaries = new HashMap<>(canaries);
        var allKeys = new HashMap<>(keys);
        for (String name : names) {
            allCanaries.put(
                    name,
                    "canary-%s-%s".formatted(name, UUID.randomUUID().toString().substring(0, 8)));
            allKeys.put(
                    name,
                    new KeyApi(operator)
                            .create(new KeyApi.Order("laboratory", scopes, null), name)
                            .key());
        }
        return new Tenants(lab, Map.copyOf(allCanaries), Map.copyOf(allKeys));
    }

    private static Api operator(Laboratory lab) {
        return lab.api(lab.names(Service.TRIGGER).getFirst());
    }

    /// Edits the providers.
    public static void allow(Laboratory lab, Terms terms) {
        new TriggerApi(operator(lab)).put("providers", providers(lab, terms).getBytes(UTF_8));
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

    private static String organizations(List<String> names, boolean active) {
        return names.stream()
                .map(name -> "%1$s,%1$s,%2$s\n".formatted(name, active))
                .collect(Collectors.joining("", "id,name,active\n", ""));
    }

    private String prompts() {
        var csv = new StringBuilder("organization,id,text\n");
        NAMES.forEach(name -> IntStream.rangeClosed(1, PROMPTS)
                .forEach(n -> csv.append("%s,p%02d,%s asks for topic %d\n".formatted(name, n, canary(name), n))));
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
