package io.librarysync.engine;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModel.Column;
import io.librarysync.engine.LibraryModel.ColumnType;
import io.librarysync.engine.LibraryModel.ForeignKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models of a library. {@link #all()} is in dependency order: a record's references stand in models before its own. */
public final class LibraryModels {

    public static final ModelType VOLUME = ModelType.deviceOwned("volume");
    public static final ModelType LOCATION = ModelType.deviceOwned("location");
    public static final ModelType ENTRY = ModelType.deviceOwned("entry");
    public static final ModelType CONTENT_IDENTITY = ModelType.shared("content_identity");
    public static final ModelType TAG = ModelType.shared("tag");
    public static final ModelType COLLECTION = ModelType.shared("collection");
    public static final ModelType ENTRY_TAG = ModelType.shared("entry_tag");

    private static final List<LibraryModel> ALL = inDependencyOrder(List.of(
            new LibraryModel(VOLUME, "volumes", List.of(text("name"), text("mount_point"), text("fs_type")), List.of()),
            new LibraryModel(
                    LOCATION, "locations", List.of(text("name"), text("path")), List.of(owned("volume", VOLUME))),
            new LibraryModel(CONTENT_IDENTITY, "content_identities", List.of(text("hash"), number("size")), List.of()),
            new LibraryModel(
                    ENTRY,
                    "entries",
                    List.of(text("name"), text("kind"), optionalNumber("size"), optionalNumber("modified_at")),
                    List.of(
                            owned("location", LOCATION),
                            new ForeignKey("parent", ENTRY, false, true),
                            new ForeignKey("content_identity", CONTENT_IDENTITY, false, false))),
            new LibraryModel(TAG, "tags", List.of(text("name"), optionalText("color")), List.of()),
            new LibraryModel(COLLECTION, "collections", List.of(text("name"), optionalText("description")), List.of()),
            new LibraryModel(ENTRY_TAG, "entry_tags", List.of(), List.of(owned("entry", ENTRY), owned("tag", TAG)))));

    private static final Map<String, LibraryModel> BY_NAME = byName(ALL);

    private LibraryModels() {}

    /** Every model once, each after those it refers to. */
    public static List<LibraryModel> all() {
        return ALL;
    }

    /** The names of all models, in dependency order. */
    public static List<ModelType> types() {
        return ALL.stream().map(LibraryModel::type).toList();
    }

    public static Optional<LibraryModel> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The model as it is counted: {@link ModelType#UNKNOWN} for one that is not known here. */
    static ModelType counted(ModelType type) {
        LibraryModel model = BY_NAME.get(type.name());
        return model == null ? ModelType.UNKNOWN : model.type();
    }

    /** The declaration of a model that is known to exist. */
    public static LibraryModel of(ModelType type) {
        return find(type.name()).orElseThrow(() -> new IllegalArgumentException("no model is called " + type));
    }

    /** Sorts so that each model stands after those it refers to, else in the order given; a cycle between models fails. */
    static List<LibraryModel> inDependencyOrder(Collection<LibraryModel> models) {
        Map<String, LibraryModel> waiting = byName(models);
        List<LibraryModel> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            LibraryModel next = waiting.values().stream()
                    .filter(model -> dependsOnNoneOf(model, waiting))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("models refer to each other in a cycle: " + waiting.keySet()));
            waiting.remove(next.type().name());
            ordered.add(next);
        }
        return List.copyOf(ordered);
    }

    private static boolean dependsOnNoneOf(LibraryModel model, Map<String, LibraryModel> waiting) {
        return model.foreignKeys().stream()
                .map(key -> key.target().name())
                .noneMatch(target -> !target.equals(model.type().name()) && waiting.containsKey(target));
    }

    private static Map<String, LibraryModel> byName(Collection<LibraryModel> models) {
        Map<String, LibraryModel> byName = new LinkedHashMap<>();
        models.forEach(model -> byName.put(model.type().name(), model));
        return byName;
    }

    private static Column text(String name) {
        return new Column(name, ColumnType.TEXT, true);
    }

    private static Column optionalText(String name) {
        return new Column(name, ColumnType.TEXT, false);
    }

    private static Column number(String name) {
        return new Column(name, ColumnType.INTEGER, true);
    }

    private static Column optionalNumber(String name) {
        return new Column(name, ColumnType.INTEGER, false);
    }

    private static ForeignKey owned(String name, ModelType target) {
        return new ForeignKey(name, target, true, true);
    }
}
