/* The past as columns of numbers: which metrics are asked for, and what the charts make of the answer. */

import {byteRate, latency, rate} from './format.js';

/** How many partners a chart has lines for; more of them cannot be told apart. */
export const MOST_PARTNERS = 7;

export const RANGES = {
  '15m': {label: '15 min', since: '15m', step: '20s'},
  '1h': {label: '1 h', since: '1h', step: '1m'},
  '24h': {label: '24 h', since: '24h', step: '10m'},
  '7d': {label: '7 d', since: '7d', step: '1h'},
};

export const LATENCIES = {
  apply_latency_ms: 'Apply a change',
  broadcast_latency_ms: 'Broadcast a batch',
  backfill_request_latency_ms: 'Answer to a page request',
  db_query_duration_ms: 'SQL statement',
};

const PERCENTILES = ['p50', 'p95', 'p99'];
const SECOND = 1000;

/** The charts, in the order of the page; `lines` are {label, metric, perSecond}. */
export function chartsOf(partners, latencyName) {
  return [
    {id: 'throughput', title: 'Throughput', text: rate, lines: throughput(partners)},
    {id: 'lag', title: 'Lag behind', text: latency, lines: lag(partners)},
    {id: 'latency', title: 'Latency', text: latency, lines: percentiles(latencyName)},
    {id: 'traffic', title: 'Traffic', text: byteRate, lines: TRAFFIC},
  ];
}

const TRAFFIC = [
  {label: 'sent', metric: 'bytes_sent', perSecond: true},
  {label: 'received', metric: 'bytes_received', perSecond: true},
];

function throughput(partners) {
  const own = {label: 'sent by this device', metric: 'broadcasts_sent', perSecond: true};
  return [own, ...partners.map(({id, name}) => ({
    label: name,
    metric: `entries_by_device.${id}.entries_received`,
    perSecond: true,
  }))];
}

function lag(partners) {
  return partners.map(({id, name}) => ({label: name, metric: `watermark_lag_ms.${id}`}));
}

function percentiles(latencyName) {
  return PERCENTILES.map(percentile => ({label: percentile, metric: `${latencyName}.${percentile}`}));
}

/** Every metric that charts have lines for, each once. */
export function metricsOf(charts) {
  return [...new Set(charts.flatMap(chart => chart.lines).map(line => line.metric))];
}

/** Columns of a chart: the times in seconds, then one column for each line; null where nothing is known. */
export function columnsOf(chart, history) {
  const points = told(history.points);
  return [
    points.map(point => end(point) / SECOND),
    ...chart.lines.map(line => points.map(point => valueAt(point, line))),
  ];
}

/** Without the steps whose time a neighbour speaks of, because samples and steps do not begin at the same moment. */
function told(points) {
  return points.filter((point, index) => !isEmpty(point) || !covers(points[index + 1], point));
}

function covers(next, point) {
  return next != null && !isEmpty(next) && begin(next) < end(point);
}

function isEmpty(point) {
  return Object.keys(point.values).length === 0;
}

function valueAt(point, {metric, perSecond}) {
  const value = point.values[metric];
  if (value == null) {
    return null;
  }
  return perSecond ? (SECOND * value) / (end(point) - begin(point)) : value;
}

function begin(point) {
  return Date.parse(point.from);
}

function end(point) {
  return Date.parse(point.to);
}

/** The partners that charts have lines for: those that most was received from and sent to. */
export function busiest(reading) {
  return Object.entries(reading.volume.EntriesByDevice)
    .filter(([id]) => id !== reading.control.DeviceId)
    .map(([id, volume]) => ({id, name: volume.deviceName || id, amount: volume.entriesReceived ?? 0}))
    .sort((one, other) => other.amount - one.amount || one.name.localeCompare(other.name))
    .slice(0, MOST_PARTNERS);
}
