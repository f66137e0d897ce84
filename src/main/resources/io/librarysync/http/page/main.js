/*
 * The page: reads the device, keeps what it knows in one value, shows that value. Data flows one way, device.js to
 * reading.js to store.js to what is drawn; what people do here changes the value or calls the device, nothing else.
 */

import {actions, perform, question, rangePicker} from './controls.js';
import {call, findControls, LockedOut, readBeans, readHistory} from './device.js';
import {peers} from './peers.js';
import {readingOf} from './reading.js';
import {Store, withFailure, withReading} from './store.js';
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
const dialog = document.getElementById('dialog');

/** What is drawn where. */
const PARTS = {
  top: state => [top(state), actions(state, ask)],
  notices,
  summary,
  peers,
  range: state => rangePicker(state, chooseRange),
  filters: state => filters(state, set),
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
  for (const [id, part] of Object.entries(PARTS)) {
    render(document.getElementById(id), part(state));
  }
  document.getElementById('charts').setAttribute('aria-busy', String(state.historyRange !== state.range));
  trends.show(state);
}

function titleOf({reading, connection}) {
  const state = connection.kind === 'live' ? reading.state.CurrentState : 'no answer';
  return reading ? `${reading.control.DeviceName.slice(0, 60)}: ${state}` : 'Library sync';
}

function set(changes) {
  store.set(changes);
}

/* Reading: one question at a time, none while nobody looks. */

let next = null;
let isReading = false;
let historyAt = 0;

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
  if (Date.now() - historyAt >= betweenHistories(store.state.history)) {
    await readPast();
  }
}

/** A long range has long steps, and seldom news. */
function betweenHistories(history) {
  return Math.max(SHORTEST_BETWEEN_HISTORIES, (history?.step_ms ?? 0) / 2);
}

/** The past of the chosen range; an answer for a range that is no longer the chosen one is dropped. */
async function readPast() {
  historyAt = Date.now();
  const {range} = store.state;
  const history = await readHistory(metricsFor(store.state), asked(range));
  if (range === store.state.range) {
    set({history, historyRange: range});
  }
}

function failed(problem) {
  historyAt = 0;
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
  if (!document.hidden && next == null) {
    read();
  }
});

/* What people do. */

function chooseRange(range) {
  set({range});
  if (range.name !== 'custom' || range.since < range.until) {
    readPast().catch(failed);
  }
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
