package io.librarysync.app;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.librarysync.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/** Who a device is: kept in {@code device.json}. The ids never change, the names may. */
record Identity(UUID deviceId, String deviceName, UUID libraryId, String libraryName) {
    static final String FILE = "device.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /** The identity that the folder has; empty before its first start. */
    static Optional<Identity> read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Identity identity = JSON.readValue(Files.readAllBytes(file), Identity.class);
            if (identity == null) {
                throw damaged(file);
            }
            return Optional.of(identity);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw CommandFailure.ofFile(file, "cannot be read", e);
        }
    }

    private static CommandFailure damaged(Path file) {
        return CommandFailure.couldNot(
                "%s: is damaged; put it back from a copy, since without it the device is another one".formatted(file));
    }

    Identity named(String newDeviceName, String newLibraryName) {
        return new Identity(deviceId, newDeviceName, libraryId, newLibraryName);
    }

    void write(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Path draft = directory.resolve(FILE + ".new");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
