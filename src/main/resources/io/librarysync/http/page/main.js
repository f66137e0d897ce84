/*
 * The page: reads the device, keeps what it knows in one value, shows that value. Data flows one way, device.js to
 * reading.js to store.js to what is drawn; what people do here changes the value or calls the device, nothing else.
 */

import {actions, isRight, perform, question, rangePicker} from './controls.js';
import {call, findControls, LockedOut, readBeans, readHistory} from './device.js';
import {choice, events} from './events.js';
import {Feed} from './feed.js';
import {peers} from './peers.js';
import {readingOf} from './reading.js';
import {isOff, Store, withFailure, withReading} from './store.js';
import {notices, summary, top} from './summary.js';
import {render} from './tree.js';
import {asked, metricsFor, Trends} from './trends.js';
import {errors, filters, lost} from './troubles.js';
import {clocks, devices, models, work} from './work.js';

const BETWEEN_READINGS = 2000;
const SHORTEST_BETWEEN_HISTORIES = 10_000;
const NOTICE_STAYS = 8000;

const store = new Store(show);
const trends = new Trends(set);
const feed = new Feed(() => store.state, set);
const dialog = document.getElementById('dialog');

/** What is drawn where. */
const PARTS = {
  top: state => [top(state), actions(state, ask)],
  notices,
  range: state => rangePicker(state, chooseRange),
  filters: state => filters(state, set),
  choice: state => choice(state, set),
  events: state => events(state, set),
};

/** What shows the metrics of now, of which nothing is known while they are off. */
const METRICS = {
  summary,
  peers,
  errors,
  lost,
  work,
  models,
  devices,
  clocks,
};

function show(state) {
  document.body.className = state.connection.kind;
  document.title = titleOf(state);
  draw(PARTS, state);
  draw(METRICS, isOff(state) ? {...state, reading: null} : state);
  document.getElementById('charts').setAttribute('aria-busy', String(state.historyRange !== state.range));
  trends.show(state);
}

function draw(parts, state) {
  for (const [id, part] of Object.entries(parts)) {
    render(document.getElementById(id), part(state));
  }
}

function titleOf({reading, connection}) {
  const state = connection.kind === 'live' ? reading.state.CurrentState : 'no answer';
  return reading ? `${reading.control.DeviceName.slice(0, 60)}: ${state}` : 'Library sync';
}

function set(changes) {
  store.set(changes);
}

/* Reading: one question at a time, none while nobody looks. The past is asked for beside it and may take longer. */

let next = null;
let isReading = false;
let isReadingPast = false;
let pastReadAt = 0;

async function read() {
  if (isReading) {
    return;
  }
  clearTimeout(next);
  isReading = true;
  await readOnce().catch(failed);
  isReading = false;
  next = document.hidden ? null : setTimeout(read, BETWEEN_READINGS);
}

async function readOnce() {
  const reading = readingOf(await readBeans());
  const changes = withReading(store.state, reading);
  if (changes.earlier == null) {
    changes.controls = await findControls();
  }
  set(changes);
  refreshPast();
  feed.open().catch(failed);
}

/** Reads the past if it is another one by now, or of another range. */
function refreshPast() {
  const isOld = Date.now() - pastReadAt >= betweenHistories(store.state.history);
  if (!isReadingPast && (isOld || store.state.historyRange !== store.state.range) && isRight(store.state.range)) {
    readPast();
  }
}

async function readPast() {
  isReadingPast = true;
  const {range} = store.state;
  try {
    set({history: await readHistory(metricsFor(store.state), asked(range)), historyRange: range, historyProblem: null});
  } catch (problem) {
    set({historyRange: range, historyProblem: reasonOf(problem)});
  }
  pastReadAt = Date.now();
  isReadingPast = false;
}

/** A long range has long steps, and seldom news. */
function betweenHistories(history) {
  return Math.max(SHORTEST_BETWEEN_HISTORIES, (history?.step_ms ?? 0) / 2);
}

function failed(problem) {
  pastReadAt = 0;
  set(problem instanceof LockedOut
    ? {connection: {kind: 'locked'}}
    : withFailure(store.state, reasonOf(problem), Date.now()));
}

function reasonOf(problem) {
  if (problem.name === 'TimeoutError') {
    return 'it takes too long';
  }
  return problem instanceof TypeError ? 'no connection' : problem.message;
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    feed.close();
  } else if (next == null) {
    read();
  }
});

/* What people do. */

/** Takes a range, or the part of the custom one that was changed, whatever the other part is by now. */
function chooseRange(change) {
  set({range: change.name ? change : {...store.state.range, ...change}});
  refreshPast();
}

function ask(action) {
  render(dialog, question(action, confirmed => answered(action, confirmed)));
  dialog.showModal();
}

async function answered(action, confirmed) {
  dialog.close();
  if (confirmed) {
    tell(await perform(action, store.state.controls, call));
    await read();
  }
}

function tell(notice) {
  set({notice});
  setTimeout(() => store.state.notice === notice && set({notice: null}), NOTICE_STAYS);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => set({}));

set({});
read();
