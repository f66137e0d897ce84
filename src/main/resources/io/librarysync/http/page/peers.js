/* The partners, one card each: those that are online first, then by name. */

import {ago, bytes, count, latency, NOTHING} from './format.js';
import {gauge, isSelf} from './reading.js';
import {h, name} from './tree.js';

export function peers({reading}) {
  if (!reading) {
    return h('p', {class: 'quiet'}, NOTHING);
  }
  const partners = partnersOf(reading);
  return partners.length
    ? [...partners.map(partner => card(partner, reading.at)), others(reading, partners.length)]
    : h('p', {class: 'card quiet'}, 'No partner is known yet. Why, says: ', h('code', null, 'sd sync partners'));
}

function partnersOf(reading) {
  return reading.devices
    .filter(device => !isSelf(reading, device.id))
    .sort((one, other) => other.Online - one.Online || one.DeviceName.localeCompare(other.DeviceName));
}

function card(partner, now) {
  const lag = gauge(partner.WatermarkLagMillis);
  return h('article', {key: partner.id, class: `card peer ${partner.Online ? '' : 'offline'}`, 'data-device': partner.id},
    h('header', null,
      h('h3', null, name(partner.DeviceName)),
      h('span', {class: `pill ${partner.Online ? 'live' : ''}`},
        h('span', {class: 'dot', 'aria-hidden': 'true'}), partner.Online ? 'online' : 'offline')),
    h('dl', {class: 'pairs'},
      pair('Last seen', ago(gauge(partner.LastSeenEpochMillis), now)),
      pair('Last successful sync', ago(gauge(partner.LastSyncEpochMillis), now)),
      pair('Lag', lagText(lag), lag > 0 ? 'warn' : ''),
      pair('Round trip', latency(gauge(partner.RttMillis))),
      pair('Sent to it', bytes(partner.BytesSent)),
      pair('Received from it', bytes(partner.BytesReceived)),
      pair('Changes applied', count(partner.ChangesApplied)),
      pair('Retry queue', count(partner.RetryQueueDepth), partner.RetryQueueDepth > 0 ? 'warn' : ''),
      pair('Errors', count(partner.TotalErrors), partner.TotalErrors > 0 ? 'bad' : '')));
}

function lagText(lag) {
  return lag === 0 ? '0ms, synced' : latency(lag);
}

/** Beans are kept for the most recent devices only. */
function others(reading, shown) {
  const rest = Object.keys(reading.volume.EntriesByDevice).length - 1 - shown;
  return rest > 0 && h('p', {class: 'quiet'}, `and ${count(rest)} more; their volumes are below`);
}

function pair(label, value, kind = '') {
  return h('div', null, h('dt', null, label), h('dd', {class: kind}, value));
}
