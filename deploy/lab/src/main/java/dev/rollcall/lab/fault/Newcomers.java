package dev.rollcall.lab.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.lab.Laboratory;
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

/// More organizations than the usual ones, for work that they hand in. They are not active: no night is theirs.
final class Newcomers {

    private static final int LETTERS = 26;
    private static final KeyApi.Order KEY = new KeyApi.Order("laboratory", List.of("read", "write"), null);

    private Newcomers() {}

    /// Tells the services and the laboratory of so many.
    ///
    /// @return their names
    static List<String> settle(Laboratory lab, int count) {
        List<String> names = IntStream.range(0, count).mapToObj(Newcomers::name).toList();
        Api operator = lab.api(lab.names(Service.TRIGGER).getFirst());
        new TriggerApi(operator).put("organizations", csv(names).getBytes(UTF_8));
        Map<String, String> canaries = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        for (String name : names) {
            canaries.put(
                    name,
                    "canary-%s-%s".formatted(name, UUID.randomUUID().toString().substring(0, 8)));
            keys.put(name, new KeyApi(operator).create(KEY, name).key());
        }
        lab.welcome(canaries, keys);
        return names;
    }

    /// Letters only, as a canary is recognized by them.
    private static String name(int n) {
        return "small%c%c".formatted('a' + n / LETTERS, 'a' + n % LETTERS);
    }

    private static String csv(List<String> names) {
        return names.stream()
                .map("%1$s,%1$s,false\n"::formatted)
                .collect(Collectors.joining("", "id,name,active\n", ""));
    }
}
