package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.librarysync.domain.ModelType;
import io.librarysync.engine.LibraryModel.ForeignKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryModelsTest {

    @Test
    void everyModelStandsAfterThoseItRefersTo() {
        assertThat(LibraryModels.types())
                .containsExactly(
                        LibraryModels.VOLUME,
                        LibraryModels.LOCATION,
                        LibraryModels.CONTENT_IDENTITY,
                        LibraryModels.ENTRY,
                        LibraryModels.TAG,
                        LibraryModels.COLLECTION,
                        LibraryModels.ENTRY_TAG);
    }

    @Test
    void aCycleBetweenModelsIsRefusedButASelfReferenceIsNone() {
        LibraryModel hen = model("hen", "egg");
        LibraryModel egg = model("egg", "hen");
        LibraryModel tree = model("tree", "tree");

        assertThat(LibraryModels.inDependencyOrder(List.of(tree))).containsExactly(tree);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LibraryModels.inDependencyOrder(List.of(tree, hen, egg)))
                .withMessage("models refer to each other in a cycle: [hen, egg]");
    }

    @Test
    void whatIsWrongWithARecordIsNamed() {
        LibraryModel entry = LibraryModels.of(LibraryModels.ENTRY);
        assertThat(entry.problemOf(RecordData.fromJson("{\"name\":7}"))).contains("entry.name is no text");
        assertThat(entry.problemOf(RecordData.fromJson("{\"name\":\"a\",\"kind\":\"file\",\"size\":1.5}")))
                .contains("entry.size is no integer");
        assertThat(entry.problemOf(RecordData.fromJson("{\"name\":\"a\",\"kind\":\"file\",\"location_uuid\":\"x\"}")))
                .contains("entry.location_uuid is no uuid");
    }

    private static LibraryModel model(String name, String refersTo) {
        return new LibraryModel(
                ModelType.deviceOwned(name),
                name + "s",
                List.of(),
                List.of(new ForeignKey(refersTo, ModelType.deviceOwned(refersTo), true, true)));
    }
}
