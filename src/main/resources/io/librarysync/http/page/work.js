/* What sync did: operations, records by model and device, clock and watermarks. */

import {ago, bytes, clock, count, drift, duration, latency, NOTHING, percent} from './format.js';
import {deviceName, gauge, isSelf} from './reading.js';
import {h, name} from './tree.js';

export function work({reading}) {
  const values = reading?.operations;
  return [
    group('Broadcasts', [
      ['Changes', count(values?.BroadcastsSent)],
      ['of devices', count(values?.StateChangesBroadcast)],
      ['shared', count(values?.SharedChangesBroadcast)],
      ['Messages', count(values?.BroadcastBatchesSent)],
      ['Changes per message', average(values?.BroadcastsSent, values?.BroadcastBatchesSent)],
      ['Delivered', count(values?.ChangesDelivered)],
      ['Failed', count(values?.FailedBroadcasts), worry(values?.FailedBroadcasts)],
      ['Deferred', count(total(values?.ChangesDeferred))],
    ]),
    group('Receives', [
      ['Changes', count(values?.ChangesReceived)],
      ['applied', count(values?.ChangesApplied)],
      ['rejected', count(values?.ChangesRejected), worry(values?.ChangesRejected)],
      ...reasons(values?.RejectedByReason),
      ['held', count(values?.BufferQueueDepth)],
      ['Redelivered', count(values?.Redelivered)],
    ]),
    group('Backfill and catch-up', [
      ['Running', count(values?.ActiveBackfillSessions)],
      ['Completed', count(total(values?.SessionsCompleted))],
      ['Failed', count(total(values?.SessionsFailed)), worry(total(values?.SessionsFailed))],
      ['Pages received', count(values?.BackfillPaginationRounds)],
      ['Pages served', count(values?.PagesServed)],
      ['Records served', count(values?.RecordsServed)],
      ['Average session', duration(reading?.performance.SessionDuration.avg)],
    ]),
    group('Queues and retries', [
      ['Outbox', count(values?.OutboxDepth)],
      ['Awaiting a receipt', count(values?.ChangesOutstanding)],
      ['Retry queue', count(values?.RetryQueueDepth), worry(values?.RetryQueueDepth)],
      ['Retries', count(values?.RetryAttempts)],
      ['succeeded', count(values?.RetrySuccesses)],
      ['failed', count(values?.RetryFailures), worry(values?.RetryFailures)],
      ['given up', count(values?.RetryExhausted), worry(values?.RetryExhausted)],
      ['Missed heartbeats', count(values?.HeartbeatsMissed)],
    ]),
  ];
}

function group(title, rows) {
  return h('div', {class: 'card'}, h('h3', null, title), pairs(rows));
}

function pairs(rows) {
  return h('dl', {class: 'pairs'}, rows.map(([label, value, kind = '']) =>
    h('div', {key: label}, h('dt', {class: /^[a-z]/.test(label) ? 'part' : ''}, label), h('dd', {class: kind}, value))));
}

function reasons(byReason) {
  return Object.entries(byReason ?? {})
    .filter(([, amount]) => amount > 0)
    .sort((one, other) => other[1] - one[1])
    .map(([reason, amount]) => [`as ${reason}`, count(amount)]);
}

function average(amount, times) {
  return times > 0 ? (amount / times).toFixed(1) : NOTHING;
}

function total(parts) {
  return parts ? Object.values(parts).reduce((sum, part) => sum + part, 0) : null;
}

function worry(amount) {
  return amount > 0 ? 'warn' : '';
}

export function models({reading}) {
  const amounts = Object.entries(reading?.volume.EntriesSynced ?? {}).map(([model, amount]) => ({key: model, label: name(model), amount}));
  return bars(amounts.filter(({amount}) => amount > 0), reading?.volume.TotalSynced);
}

export function devices({reading}) {
  const amounts = Object.entries(reading?.volume.EntriesByDevice ?? {}).map(([id, volume]) => ({
    key: id,
    label: isSelf(reading, id) ? 'this device, sent' : name(deviceName(reading, id)),
    amount: volume.entriesReceived ?? volume.recordsSent ?? 0,
  }));
  return bars(amounts, reading?.volume.TotalSynced);
}

/** The largest first; what has no name of its own goes last. */
function bars(amounts, whole) {
  if (amounts.length === 0) {
    return h('p', {class: 'quiet'}, NOTHING);
  }
  const largest = Math.max(...amounts.map(({amount}) => amount), 1);
  return h('ul', {class: 'bars'}, amounts
    .sort((one, other) => other.amount - one.amount || one.key.localeCompare(other.key))
    .map(({key, label, amount}) => h('li', {key, 'data-key': key},
      h('span', {class: 'what'}, label),
      h('span', {class: 'number'}, count(amount)),
      h('span', {class: 'quiet number'}, percent(amount, whole)),
      h('span', {class: 'track', 'aria-hidden': 'true'}, h('span', {'--share': amount / largest})))));
}

export function clocks({reading}) {
  const values = reading?.performance;
  const shared = stamp(values?.SharedWatermark, reading);
  const age = gauge(values?.WatermarkAgeMillis);
  return [
    pairs([
      ['State watermark', clock(gauge(values?.StateWatermarkEpochMillis))],
      ['Shared watermark', shared.time],
      ['Age of the later one', age == null ? NOTHING : duration(age)],
      ['Oldest held change', duration(gauge(values?.OldestHeldMillis))],
      ['Clock drift', gauge(values?.HlcDriftMaxAbsMillis) == null ? NOTHING : drift(values.HlcPhysicalDriftMillis)],
      ['Largest drift', latency(gauge(values?.HlcDriftMaxAbsMillis))],
      ['Largest clock counter', count(gauge(values?.HlcCounterMax))],
      ['Bytes sent', bytes(reading?.volume.BytesSent)],
      ['Bytes received', bytes(reading?.volume.BytesReceived)],
    ]),
    shared.text && h('p', {class: 'quiet stamp'}, h('span', null, 'HLC '), h('code', {title: shared.text}, shared.text), ' of ', shared.author),
    lastByModel(reading),
  ];
}

/** A stamp of the hybrid logical clock is `millis-counter-device`, the first two in hexadecimal digits. */
function stamp(text, reading) {
  if (!text) {
    return {time: NOTHING};
  }
  const [millis, , ...device] = text.split('-');
  return {time: clock(parseInt(millis, 16)), text, author: name(deviceName(reading, device.join('-')))};
}

function lastByModel(reading) {
  const last = Object.entries(reading?.volume.LastSyncPerModelEpochMillis ?? {}).sort((one, other) => other[1] - one[1]);
  return last.length > 0 && h('details', null,
    h('summary', null, 'Last sync by model'),
    pairs(last.map(([model, at]) => [model, ago(at, reading.at)])));
}
