/* What can be done on the page: choose a range, and call an operation after a confirmation. */

import {h} from './tree.js';
import {RANGES} from './series.js';

/** The operations: which bean has them, what they are called, and what is asked before. */
const ACTIONS = {
  snapshot: {
    bean: 'Metrics',
    operation: 'captureSnapshot',
    label: 'Snapshot',
    title: 'Store a snapshot now?',
    text: 'The numbers of this moment are stored in the history of the device.',
    done: id => `Snapshot ${id} is stored.`,
  },
  reset: {
    bean: 'Metrics',
    operation: 'reset',
    label: 'Reset',
    title: 'Start all counters anew?',
    text: 'A closing snapshot is stored, then every counter begins at zero. Histories keep what was counted before.',
    done: () => 'The counters begin anew.',
  },
  pause: {
    bean: 'Sync',
    operation: 'pause',
    label: 'Pause',
    title: 'Pause sync on this device?',
    text: 'Nothing is sent or fetched until sync is resumed. What changes meanwhile waits.',
    done: () => 'Sync is paused.',
  },
  resume: {
    bean: 'Sync',
    operation: 'resume',
    label: 'Resume',
    title: 'Resume sync on this device?',
    text: 'The device catches up with its partners and goes on.',
    done: () => 'Sync goes on.',
  },
};

/** The buttons of the operations that this process has; `ask` is told which one is meant. */
export function actions({controls, reading}, ask) {
  const paused = reading?.state.CurrentState === 'Paused';
  const offered = ['snapshot', 'reset', paused ? 'resume' : 'pause'];
  return h('div', {class: 'controls', role: 'group', 'aria-label': 'Operations'}, offered
    .filter(action => controls[ACTIONS[action].bean])
    .map(action => h('button', {key: action, type: 'button', id: action, onclick: () => ask(action)}, ACTIONS[action].label)));
}

/** The question before an operation; the safe answer comes first. */
export function question(action, answer) {
  const {title, text, label} = ACTIONS[action];
  return [
    h('h2', {id: 'dialog-title'}, title),
    h('p', null, text),
    h('div', {class: 'controls end'},
      h('button', {type: 'button', autofocus: true, onclick: () => answer(false)}, 'Cancel'),
      h('button', {type: 'button', class: 'primary', id: 'confirm', onclick: () => answer(true)}, label)),
  ];
}

/** Calls the operation and says what came of it; `call` reaches the device. */
export async function perform(action, controls, call) {
  const {bean, operation, done, label} = ACTIONS[action];
  try {
    return {kind: 'good', text: done(await call(controls[bean], operation))};
  } catch (problem) {
    return {kind: 'bad', text: `${label} failed: ${problem.message}`};
  }
}

/** Whether a range has a length. */
export function isRight(range) {
  return range.name !== 'custom' || range.since < range.until;
}

/** The range picker; `choose` is told {name} of a fixed range, {name: 'custom', since, until}, or what changed of that. */
export function rangePicker({range, historyProblem}, choose) {
  const fixed = Object.entries(RANGES).map(([name, {label}]) => [name, label]);
  return h('div', {class: 'controls', role: 'group', 'aria-label': 'Range of the charts'},
    [...fixed, ['custom', 'Custom']].map(([name, label]) => h('button', {
      key: name,
      type: 'button',
      'aria-pressed': String(range.name === name),
      onclick: () => choose(name === 'custom' ? lastHours(range) : {name}),
    }, label)),
    range.name === 'custom' && [
      moment('From', range.since, since => choose({since})),
      moment('To', range.until, until => choose({until})),
    ],
    !isRight(range) && h('span', {key: 'wrong', class: 'bad', role: 'alert'}, 'From must be before To'),
    historyProblem && h('span', {key: 'problem', class: 'bad', role: 'alert'}, `not up to date: ${historyProblem}`));
}

function moment(label, value, chosen) {
  return h('label', {key: label, class: 'moment'}, label, ' ',
    h('input', {type: 'datetime-local', value, onchange: event => event.target.value && chosen(event.target.value)}));
}

const SIX_HOURS = 6 * 3600 * 1000;

function lastHours(range) {
  const now = Date.now();
  return range.name === 'custom' ? range : {name: 'custom', since: local(now - SIX_HOURS), until: local(now)};
}

/** As the field for a moment takes it: the local time to the minute. */
function local(epochMillis) {
  const time = new Date(epochMillis);
  return new Date(epochMillis - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
