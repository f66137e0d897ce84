package io.librarysync.store;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModel;
import io.librarysync.engine.LibraryModels;
import io.librarysync.engine.RecordData;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A digest of the records of a model, by which two libraries are compared. */
final class ContentDigest {
    private static final String ALGORITHM = "SHA-256";

    private final MessageDigest digest;

    private ContentDigest() {
        try {
            this.digest = MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    static Map<ModelType, String> ofAllModels(Database database) {
        Map<ModelType, String> digests = new LinkedHashMap<>();
        LibraryModels.types().forEach(model -> digests.put(model, of(model, database)));
        return digests;
    }

    private static String of(ModelType type, Database database) {
        LibraryModel model = ModelSql.of(type).model;
        ContentDigest content = new ContentDigest();
        database.each(
                ModelSql.of(type).records + " ORDER BY t.uuid",
                row -> content.add(row.uuid(1), RecordRows.read(model, row, 2)));
        return HexFormat.of().formatHex(content.digest.digest());
    }

    private void add(UUID uuid, RecordData data) {
        digest.update((uuid + " " + data.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
