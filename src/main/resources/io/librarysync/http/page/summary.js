/* Who this is, whether it answers, and how sync stands. */

import {ago, byteRate, clock, count, counted, duration, latency, NOTHING, percent, rate} from './format.js';
import {perSecond} from './reading.js';
import {isOff} from './store.js';
import {h, name} from './tree.js';

const STATES = ['Ready', 'Backfilling', 'CatchingUp', 'Paused', 'Uninitialized'];

const RESTART_IS_NEWS = 600_000;

const CONNECTIONS = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'No answer',
  locked: 'Locked',
};

export function top({reading, connection}) {
  return [
    h('div', {class: 'title'},
      h('h1', null, reading ? name(reading.control.DeviceName) : 'Library sync'),
      reading && h('p', {class: 'quiet'}, 'in library ', name(reading.control.LibraryName))),
    h('div', {class: `pill ${connection.kind}`, id: 'connection'},
      h('span', {class: 'dot', 'aria-hidden': 'true'}),
      h('span', null, CONNECTIONS[connection.kind]),
      reading && h('span', {class: 'quiet'}, `as of ${clock(reading.at)}`)),
  ];
}

/** What an operator has to know before reading any number. */
export function notices(state) {
  const {connection, reading, restartedAt, notice} = state;
  return [
    connection.kind === 'lost' && h('p', {key: 'lost', class: 'notice bad', id: 'lost-connection'},
      `The device has not answered since ${clock(connection.since)} (${connection.problem}). `,
      reading ? `What you see is of ${clock(reading.at)}. ` : '', 'This page keeps trying.'),
    connection.kind === 'locked' && h('p', {key: 'locked', class: 'notice bad'},
      'The device does not let this page in any more. Open the link that ', h('code', null, 'sd status'), ' prints.'),
    restartedAt && reading.at - restartedAt < RESTART_IS_NEWS && h('p', {key: 'restarted', class: 'notice', id: 'restarted'},
      `The device was started again at ${clock(restartedAt)}; counters begin anew there.`),
    isOff(state) && h('p', {key: 'disabled', class: 'notice'},
      'Metrics are disabled on this device: nothing is counted. What was counted before is in the charts. Switch them on with ', h('code', null, 'sd sync enable'), '.'),
    notice && h('p', {key: 'notice', class: `notice ${notice.kind}`}, notice.text),
  ];
}

export function summary(state) {
  return [stateCard(state), timeCard(state.reading), figures(state)];
}

function stateCard({reading, inSyncAt}) {
  const state = reading?.state;
  return h('div', {class: 'card state'},
    h('p', {class: 'label'}, 'State'),
    h('p', {class: `big ${stateClass(state?.CurrentState)}`, id: 'state'},
      h('span', {class: 'dot', 'aria-hidden': 'true'}), state?.CurrentState ?? NOTHING),
    h('p', {class: 'quiet'}, state ? `for ${duration(state.TimeInCurrentStateMillis)}` : NOTHING),
    state?.BackfillProgress >= 0 && h('progress', {max: 100, value: state.BackfillProgress, 'aria-label': 'Backfill'}),
    sync(state, inSyncAt));
}

function sync(state, inSyncAt) {
  if (!state) {
    return h('p', {class: 'sync'}, NOTHING);
  }
  if (state.InSync) {
    return h('p', {class: 'sync good', id: 'sync'}, `In sync as of ${clock(inSyncAt)}`);
  }
  return h('div', {class: 'sync', id: 'sync'},
    h('p', {class: 'warn'}, 'Not in sync', inSyncAt && h('span', {class: 'quiet'}, ` – last seen in sync at ${clock(inSyncAt)}`)),
    h('ul', null, state.OutOfSyncReasons.map(what => h('li', null, h('bdi', {class: 'name', title: what}, what)))));
}

function timeCard(reading) {
  return h('div', {class: 'card'},
    h('p', {class: 'label'}, 'Time in state'),
    stateBar(reading?.state.TotalTimeInState),
    h('p', {class: 'quiet'}, lastTransition(reading)),
    h('p', {class: 'quiet'}, reading
      ? `up ${duration(reading.state.UptimeMillis)}, counters since ${clock(reading.control.EpochStartedEpochMillis)}`
      : NOTHING));
}

/** A bar whose parts are as long as the stays, and the same as a list. */
function stateBar(times) {
  const stays = STATES.map(state => ({state, millis: times?.[state] ?? 0})).filter(stay => stay.millis > 0);
  const whole = stays.reduce((sum, stay) => sum + stay.millis, 0);
  return [
    h('div', {class: 'bar', 'aria-hidden': 'true'},
      stays.map(({state, millis}) => h('span', {key: state, class: stateClass(state), '--share': millis / whole, title: state}))),
    h('ul', {class: 'keys'}, stays.map(({state, millis}) => h('li', {key: state},
      h('span', {class: `swatch ${stateClass(state)}`, 'aria-hidden': 'true'}),
      h('span', null, state), h('span', {class: 'number'}, duration(millis)), h('span', {class: 'quiet'}, percent(millis, whole))))),
  ];
}

function lastTransition(reading) {
  const last = reading?.state.StateHistory.at(-1);
  return last ? `${last.from} → ${last.to} ${ago(last.atEpochMillis, reading.at)}: ${last.reason}` : NOTHING;
}

function stateClass(state) {
  return state ? `in-${state.toLowerCase()}` : '';
}

function figures({reading, earlier}) {
  const speed = counter => (reading ? perSecond(reading, earlier, counter) : null);
  const lag = reading ? Object.values(reading.performance.WatermarkLagMillis) : [];
  const errors = reading?.errors.TotalErrors;
  return h('dl', {class: 'figures'},
    figure('online', 'Partners online', reading ? `${reading.state.PeersOnline} of ${reading.state.PeersKnown}` : NOTHING),
    figure('lag-now', 'Largest lag', lag.length ? latency(Math.max(...lag)) : NOTHING),
    figure('applied', 'Changes applied', count(reading?.operations.ChangesApplied),
      rate(speed(r => r.operations.ChangesApplied))),
    figure('broadcast', 'Changes sent', count(reading?.operations.BroadcastsSent),
      rate(speed(r => r.operations.BroadcastsSent))),
    figure('bytes-in', 'Received', byteRate(speed(r => r.volume.BytesReceived))),
    figure('bytes-out', 'Sent', byteRate(speed(r => r.volume.BytesSent))),
    figure('waiting', 'Waiting', count(reading && waiting(reading)), 'outbox, receipts, held, retries'),
    figure('error-count', 'Errors', count(errors), errors > 0 ? counted(reading.errors.RecentErrors.length, 'recent one') : '', errors > 0 ? 'bad' : ''));
}

function waiting({operations}) {
  return operations.OutboxDepth + operations.ChangesOutstanding + operations.BufferQueueDepth + operations.RetryQueueDepth;
}

function figure(id, label, value, more, kind = '') {
  return h('div', {class: 'card figure'},
    h('dt', {class: 'label'}, label), h('dd', {class: `value ${kind}`, id}, value), more && h('dd', {class: 'quiet'}, more));
}
