/* What the page knows, as one value that is replaced and never changed. Whoever shows something is told of the new one. */

export const STARTING = {
  connection: {kind: 'connecting'},
  reading: null,
  earlier: null,
  inSyncAt: null,
  restartedAt: null,
  controls: {},
  range: {name: '15m'},
  history: null,
  historyRange: null,
  historyProblem: null,
  latency: 'apply_latency_ms',
  cursor: null,
  filters: {type: '', device: '', text: ''},
  notice: null,
  events: [],
  listening: 'no',
  choice: {severity: 'info', session: '', text: ''},
};

export class Store {
  constructor(show) {
    this.state = STARTING;
    this.show = show;
    this.pending = false;
  }

  /** Puts a new state in place; what changes within one frame is shown once. */
  set(changes) {
    this.state = {...this.state, ...changes};
    if (!this.pending) {
      this.pending = true;
      requestAnimationFrame(() => this.flush());
    }
  }

  flush() {
    this.pending = false;
    this.show(this.state);
  }
}

/** Whether the device says that its metrics are off; its counters say 0 then, which means nothing. */
export function isOff({reading}) {
  return reading?.control.Enabled === false;
}

/** A state with one more reading; a new process or epoch behind it has no earlier reading to be compared with. */
export function withReading(state, reading) {
  const isNewProcess =
    state.reading != null &&
    state.reading.control.ProcessStartedEpochMillis !== reading.control.ProcessStartedEpochMillis;
  return {
    connection: {kind: 'live'},
    earlier: isNewProcess ? null : state.reading,
    reading,
    inSyncAt: reading.state.InSync ? reading.at : isNewProcess ? null : state.inSyncAt,
    restartedAt: isNewProcess ? reading.control.ProcessStartedEpochMillis : state.restartedAt,
  };
}

/** A state in which the device did not answer; what was read before stays, as of then. */
export function withFailure(state, problem, at) {
  const since = state.connection.kind === 'lost' ? state.connection.since : at;
  return {connection: {kind: 'lost', since, problem}};
}
