package io.librarysync.cli;

import io.librarysync.cli.DeviceClient.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The part of the metrics that is asked about. */
final class FilterOptions {

    @Option(
            names = "--peer",
            paramLabel = "ID",
            description =
                    "Only what concerns one device: a name, a UUID, the first 4 or more characters of one, or self.")
    @Nullable
    String peer;

    @Option(names = "--model", paramLabel = "MODEL", description = "Only what concerns one model, such as entry.")
    @Nullable
    String model;

    boolean isGiven() {
        return peer != null || model != null;
    }

    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        if (peer != null) {
            parameters.add(new Parameter("peer", peer));
        }
        if (model != null) {
            parameters.add(new Parameter("model", model));
        }
        return parameters;
    }
}
