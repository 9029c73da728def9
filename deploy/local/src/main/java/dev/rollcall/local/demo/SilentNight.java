package dev.rollcall.local.demo;

import dev.rollcall.local.client.PostcheckApi;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.client.SimulatorApi;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.terminal.Screen;
import java.io.PrintWriter;
import java.io.Writer;

/// The demo's night at full speed, without a word: every part of every service has worked once afterwards.
public final class SilentNight {
    private SilentNight() {}

    public static void run(LocalSystem system) throws InterruptedException {
        var trigger = new TriggerApi(system.api("trigger"));
        DemoData data = DemoData.of(system.blueprint().home(), system.address("simulator"));
        SimulatorApi.at(system.address("simulator")).answerAfter("0");
        trigger.put("organizations", data.organizations());
        trigger.put("prompts", data.prompts());
        trigger.put("providers", data.providers(0));
        RunStatus opened = trigger.open(false).run();
        var silent = new Screen(new PrintWriter(Writer.nullWriter()), false);
        RunStatus over = new Live(trigger, silent, opened.key()).until(RunStatus::isOver);
        new PostcheckApi(system.api("postcheck")).judge(over.key());
    }
}
