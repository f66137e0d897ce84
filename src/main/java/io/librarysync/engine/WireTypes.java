package io.librarysync.engine;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.LibraryId;
import io.librarysync.domain.MessageType;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RecordStanding.Presence;
import io.librarysync.domain.RecordStanding.Stage;
import io.librarysync.domain.RejectReason;
import io.librarysync.domain.SyncState;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;

/** How the words of sync are written on the wire: as text. */
final class WireTypes {

    private WireTypes() {}

    static ObjectMapper configure(ObjectMapper mapper) {
        SimpleModule module = new SimpleModule();
        text(module, DeviceId.class, DeviceId::toString, DeviceId::parse);
        text(module, LibraryId.class, LibraryId::toString, LibraryId::parse);
        text(module, Hlc.class, Hlc::toString, Hlc::parse);
        text(module, ModelType.class, ModelType::name, WireTypes::model);
        text(module, MessageType.class, MessageType::label, MessageType::ofLabel);
        text(module, SyncState.class, SyncState::label, SyncState::ofLabel);
        text(module, SharedChange.Op.class, op -> op.name().toLowerCase(Locale.ROOT), WireTypes::op);
        text(module, Presence.class, Presence::label, WireTypes::presence);
        text(module, Stage.class, Stage::label, WireTypes::stage);
        text(module, RejectReason.class, RejectReason::label, WireTypes::reason);
        module.addKeyDeserializer(DeviceId.class, new DeviceKey());
        module.addSerializer(RecordData.class, new DataWriter());
        module.addDeserializer(RecordData.class, new DataReader());
        return mapper.registerModule(module)
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .setVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                .setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /** The model of that name; one that is not known here keeps its name. */
    private static ModelType model(String name) {
        return LibraryModels.find(name).map(LibraryModel::type).orElseGet(() -> ModelType.deviceOwned(name));
    }

    private static SharedChange.Op op(String text) {
        return SharedChange.Op.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Presence presence(String text) {
        return Presence.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Stage stage(String text) {
        return Stage.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static RejectReason reason(String text) {
        return RejectReason.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new TextWriter<>(write));
        module.addDeserializer(type, new TextReader<>(read));
    }

    private static final class TextWriter<T> extends JsonSerializer<T> {
        private final Function<T, String> write;

        TextWriter(Function<T, String> write) {
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(write.apply(value));
        }
    }

    private static final class TextReader<T> extends JsonDeserializer<T> {
        private final Function<String, T> read;

        TextReader(Function<String, T> read) {
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read.apply(in.getText());
        }
    }

    private static final class DeviceKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return DeviceId.parse(key);
        }
    }

    private static final class DataWriter extends JsonSerializer<RecordData> {
        @Override
        public void serialize(RecordData data, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            for (var field : data.fields().entrySet()) {
                out.writeObjectField(field.getKey(), field.getValue());
            }
            out.writeEndObject();
        }
    }

    private static final class DataReader extends JsonDeserializer<RecordData> {
        @Override
        public RecordData deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = in.readValueAsTree();
            return node.isObject() ? RecordData.of(node) : RecordData.EMPTY;
        }
    }
}
