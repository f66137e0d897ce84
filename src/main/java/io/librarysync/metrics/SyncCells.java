package io.librarysync.metrics;

import io.librarysync.domain.ModelType;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.instrument.MetricRegistry;
import io.librarysync.metrics.Activity.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The five groups over one registry, in the order that keeps outcomes from being read after inputs. */
final class SyncCells {
    private static final int MODELS = 1024;
    private static final ModelType OTHER = ModelType.deviceOwned("other");

    private final MetricRegistry registry = new MetricRegistry();
    private final LabelCap modelCap = new LabelCap(MODELS);
    private final Map<String, OwnCells> own = new ConcurrentHashMap<>();
    private final Set<String> sharedModels = ConcurrentHashMap.newKeySet();

    final StateMetrics state = new StateMetrics(registry);
    final OperationMetrics operations = new OperationMetrics(registry, sharedModels::contains, this::allAccounts);
    final DataVolumeMetrics dataVolume = new DataVolumeMetrics(registry, operations);
    final PerformanceMetrics performance = new PerformanceMetrics(registry);
    final ErrorMetrics errors = new ErrorMetrics(registry, operations, state);
    private final Accounts accounts = new Accounts(operations, performance, errors);

    SyncCells(List<ModelType> models) {
        models.forEach(this::own);
    }

    MetricRegistry registry() {
        return registry;
    }

    Accounts accounts() {
        return accounts;
    }

    private List<Account> allAccounts() {
        return accounts.list();
    }

    /** Checks that a model was met. */
    String modelName(String text) {
        if (!models().contains(text)) {
            throw new UnknownLabelException("unknown model \"" + text + "\"; known are " + String.join(", ", models()));
        }
        return text;
    }

    boolean isShared(String model) {
        return sharedModels.contains(model);
    }

    /** The names of all models met, sorted. */
    List<String> models() {
        return modelCap.labels().stream().sorted().toList();
    }

    MetricGroup<?, SyncView> group(Category category) {
        return switch (category) {
            case STATE -> state;
            case OPERATIONS -> operations;
            case DATA_VOLUME -> dataVolume;
            case PERFORMANCE -> performance;
            case ERRORS -> errors;
        };
    }

    /** How much of each kind of work was done. */
    Activity activity(SyncView view) {
        return new Activity(Map.of(
                Work.BROADCAST, Sums.of(operations.broadcastByModel(view)),
                Work.RECEIVED, view.sum(operations.received),
                Work.APPLIED, view.sum(operations.applied),
                Work.REJECTED, view.sum(operations.rejected),
                Work.BYTES_SENT, view.sum(dataVolume.bytesSent),
                Work.BYTES_RECEIVED, view.sum(dataVolume.bytesReceived),
                Work.ERRORS, errors.total(view)));
    }

    /** The model to count under: itself, or {@code other} once there are too many. */
    ModelType admitted(ModelType model) {
        if (modelCap.admits(model.name())) {
            return model;
        }
        errors.labelOverflow.increment();
        return OTHER;
    }

    /** The cells of a model's own changes. */
    OwnCells own(ModelType model) {
        OwnCells known = own.get(model.name());
        return known != null ? known : newOwn(admitted(model));
    }

    private OwnCells newOwn(ModelType model) {
        if (model.isShared()) {
            sharedModels.add(model.name());
        }
        return own.computeIfAbsent(model.name(), name -> new OwnCells(operations, dataVolume, name));
    }
}
