package io.librarysync.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands between sync and its metrics passes on every event as it is. */
class RecordersTest {
    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("events")
    void whatIsSwitchedOnPassesTheEventOn(Method event) throws ReflectiveOperationException {
        event.invoke(new SwitchedRecorder(this::listening, true), arguments(event));

        assertThat(heard).containsExactly(event.getName());
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsSwitchedOffPassesNothingOn(Method event) throws ReflectiveOperationException {
        SwitchedRecorder recorder = new SwitchedRecorder(this::listening, true);
        recorder.turn(false);
        event.invoke(recorder, arguments(event));

        assertThat(heard).isEmpty();
        assertThat(recorder.current()).isSameAs(SyncRecorder.disabled());
    }

    @Test
    void oneThatIsOffStaysOffWhileAnotherIsOn() {
        SwitchedRecorder other = new SwitchedRecorder(this::listening, false);
        SwitchedRecorder recorder = new SwitchedRecorder(() -> proxy(method -> heard.add("on")), true);

        other.logAppended(1);
        recorder.logAppended(1);

        assertThat(heard).containsExactly("on");
    }

    @Test
    void whatIsTurnedOnAndOffHearsExactlyWhatCameWhileItWasOn() {
        SwitchedRecorder recorder = new SwitchedRecorder(this::listening, false);
        for (int round = 0; round < 3; round++) {
            recorder.turn(true);
            recorder.turn(true);
            recorder.logAppended(1);
            recorder.turn(false);
            recorder.turn(false);
            recorder.logPruned(1);
        }

        assertThat(heard).containsExactly("logAppended", "logAppended", "logAppended");
    }

    @Test
    void whoeverKeptARecorderCanTellThatItWasSwitchedMeanwhile() {
        SwitchedRecorder recorder = new SwitchedRecorder(this::listening, true);
        SyncRecorder kept = recorder.current();
        assertThat(recorder.current()).isSameAs(kept);
        recorder.turn(false);
        recorder.turn(true);

        assertThat(recorder.current()).isNotSameAs(kept);
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsGuardedPassesTheEventOn(Method event) throws ReflectiveOperationException {
        event.invoke(SyncRecorder.guarded(listening()), arguments(event));

        assertThat(heard).containsExactly(event.getName());
    }

    @ParameterizedTest
    @MethodSource("events")
    void bothHearOfTheEvent(Method event) throws ReflectiveOperationException {
        event.invoke(SyncRecorder.both(listening(), listening()), arguments(event));

        assertThat(heard).containsExactly(event.getName(), event.getName());
    }

    @ParameterizedTest
    @MethodSource("events")
    void aFailureInMetricsNeverReachesSync(Method event) {
        SyncRecorder guarded = SyncRecorder.guarded(failing());

        assertThatCode(() -> event.invoke(guarded, arguments(event))).doesNotThrowAnyException();
    }

    /** Everything that is reported; the clocks are not events. */
    private static Stream<Method> events() {
        return Arrays.stream(SyncRecorder.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getReturnType() == void.class);
    }

    private SyncRecorder listening() {
        return proxy(method -> heard.add(method.getName()));
    }

    private static SyncRecorder failing() {
        return proxy(method -> {
            throw new IllegalStateException("metrics are broken");
        });
    }

    private static SyncRecorder proxy(Consumer<Method> called) {
        return (SyncRecorder) Proxy.newProxyInstance(
                SyncRecorder.class.getClassLoader(), new Class<?>[] {SyncRecorder.class}, (self, method, arguments) -> {
                    called.accept(method);
                    return zeroOf(method.getReturnType());
                });
    }

    private static @Nullable Object[] arguments(Method event) {
        return Arrays.stream(event.getParameterTypes())
                .map(RecordersTest::zeroOf)
                .toArray();
    }

    private static @Nullable Object zeroOf(Class<?> type) {
        return type.isPrimitive() && type != void.class ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
