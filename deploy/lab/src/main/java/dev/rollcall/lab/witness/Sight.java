package dev.rollcall.lab.witness;

import java.util.List;

/// What one organization was shown when it looked around with its own key.
///
/// @param own whether it asked for its own things
/// @param foreign canaries of other organizations in the answer
public record Sight(String organization, String path, boolean own, int status, List<String> foreign) {}
