/* What went wrong: the recent errors with their filters, and what was lost. */

import {clock, count, counted, NOTHING} from './format.js';
import {deviceName} from './reading.js';
import {h, name} from './tree.js';

const TYPES = ['network', 'database', 'apply', 'validation', 'other'];

/** The block `lost`: what left the normal path, and what becomes of it. */
const LOST = {
  LostBufferDropped: ['changes without room', 'a catch-up brings them back'],
  LostOutboxOverflow: ['own changes over the limit of the outbox', 'partners pull them'],
  LostRetryExhausted: ['messages given up after their last resend', 'the partner pulls them'],
  LostRetryOverflow: ['messages without room in the retry queue', 'the partner pulls them'],
  LostDependenciesExpired: ['changes whose missing row never came', 'not brought back'],
  LostIllegalTransitions: ['transitions that were refused', 'the engine is wrong'],
  LostEventsDropped: ['events that a full queue refused', 'not brought back'],
  LostUpdatesDropped: ['updates that a slow listener missed', 'the next one is complete'],
  LostSamplesDropped: ['samples of the history', 'not brought back'],
  LostObservationsFailed: ['observations that could not be counted', 'not brought back'],
  LostLabelOverflow: ['observations counted under “other”', 'too many names'],
};

export function filters({reading, filters: chosen}, set) {
  const inForce = errorsOf(reading).map(error => error.deviceId).filter(Boolean);
  const ids = [...new Set([...inForce, chosen.device].filter(Boolean))];
  const choose = (key, event) => set({filters: {...chosen, [key]: event.target.value}});
  return h('div', {class: 'controls'},
    select('Type', chosen.type, [['', 'all types'], ...TYPES.map(type => [type, type])], event => choose('type', event)),
    select('Device', chosen.device, [['', 'all devices'], ...ids.map(id => [id, deviceName(reading, id)])], event => choose('device', event)),
    h('input', {type: 'search', placeholder: 'text', 'aria-label': 'Text in the message', oninput: event => choose('text', event)}));
}

export function select(label, value, options, onchange) {
  return h('select', {'aria-label': label, onchange},
    options.map(([key, text]) => h('option', {key, value: key, selected: key === value}, text)));
}

export function errors({reading, filters: chosen}) {
  if (!reading) {
    return h('p', {class: 'quiet'}, NOTHING);
  }
  const all = errorsOf(reading);
  const shown = all.filter(error => passes(error, chosen));
  return [
    h('p', {class: 'quiet', id: 'error-line'}, line(reading, all, shown)),
    shown.length > 0 && h('ol', {class: 'log errors'}, shown.map(error => row(error, reading))),
  ];
}

function line(reading, all, shown) {
  const total = reading.errors.TotalErrors;
  if (total === 0) {
    return 'No errors since the counters began.';
  }
  const types = TYPES.map(type => [type, reading.errors[`${type[0].toUpperCase()}${type.slice(1)}Errors`]])
    .filter(([, amount]) => amount > 0)
    .map(([type, amount]) => `${count(amount)} ${type}`);
  const part = shown.length < all.length ? `, ${count(shown.length)} of ${count(all.length)} shown` : '';
  return `${counted(total, 'error')}: ${types.join(', ')}${part}`;
}

function row(error, reading) {
  return h('li', null,
    h('time', {class: 'number quiet'}, clock(error.timestampEpochMillis)),
    h('span', {class: 'tag error'}, error.errorType),
    h('span', {class: 'message'},
      error.deviceId && name(deviceName(reading, error.deviceId)),
      error.modelType && name(error.modelType, 'quiet'),
      name(error.message, 'whole')));
}

function passes(error, {type, device, text}) {
  return (!type || error.errorType === type)
    && (!device || error.deviceId === device)
    && (!text || error.message.toLowerCase().includes(text.toLowerCase()));
}

/** Newest first, as the device lists them. */
function errorsOf(reading) {
  return reading?.errors.RecentErrors ?? [];
}

export function lost({reading}) {
  if (!reading) {
    return h('p', {class: 'quiet'}, NOTHING);
  }
  const found = Object.entries(LOST).filter(([key]) => reading.errors[key] > 0);
  return found.length === 0
    ? h('p', {class: 'good', id: 'nothing-lost'}, 'Nothing was lost.')
    : h('ul', {class: 'lost'}, found.map(([key, [what, then]]) => h('li', {key, 'data-key': key},
      h('span', {class: 'number bad'}, count(reading.errors[key])), h('span', null, what), h('span', {class: 'quiet'}, then))));
}
