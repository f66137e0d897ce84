/* The charts of the past: their captions, their legends, and how often the past is asked for. */

import {Chart, colourOf} from './chart.js';
import {clock, NOTHING} from './format.js';
import {busiest, chartsOf, columnsOf, LATENCIES, metricsOf, MOST_PARTNERS, RANGES} from './series.js';
import {h, name, render} from './tree.js';
import {select} from './troubles.js';

const SECOND = 1000;
const SHORTEST_STEP = 20 * SECOND;
const STEPS_OF_CUSTOM = 150;

/** What is asked of the history for a range: moments as the command line takes them. */
export function asked(range) {
  if (range.name !== 'custom') {
    const {since, step} = RANGES[range.name];
    return {since, step};
  }
  const since = new Date(range.since);
  const until = new Date(Math.min(new Date(range.until), Date.now() - SECOND));
  const step = Math.max(SHORTEST_STEP, (until - since) / STEPS_OF_CUSTOM);
  return {since: since.toISOString(), until: until.toISOString(), step: `${Math.ceil(step / SECOND)}s`};
}

/** Every metric that the charts can show of the partners in a reading. */
export function metricsFor({reading}) {
  const partners = busiest(reading);
  return metricsOf(Object.keys(LATENCIES).flatMap(latency => chartsOf(partners, latency)));
}

/** The four charts of the page. */
export class Trends {
  constructor(set) {
    this.set = set;
    this.charts = new Map();
  }

  show(state) {
    if (!state.reading) {
      return;
    }
    for (const chart of chartsOf(busiest(state.reading), state.latency)) {
      const columns = state.history ? columnsOf(chart, state.history) : [[], ...chart.lines.map(() => [])];
      this.draw(chart, columns, state);
      render(part(chart, 'caption'), caption(chart, state, this.set));
      render(part(chart, 'legend'), legend(chart, columns, state.cursor));
    }
  }

  /** Draws only what is new: the past changes seldom, the rest of the page all the time. */
  draw(chart, columns, {history}) {
    const known = this.charts.get(chart.id) ?? this.add(chart);
    const form = JSON.stringify([chart.lines, isDark()]);
    if (!history || (known.history === history && known.form === form)) {
      return;
    }
    const span = [Date.parse(history.from) / SECOND, Date.parse(history.to) / SECOND];
    if (known.form === form) {
      known.chart.feed(columns, span);
    } else {
      known.chart.draw(chart, columns, span);
    }
    known.element.setAttribute('aria-label', spoken(chart, columns));
    Object.assign(known, {history, form});
  }

  add(chart) {
    const element = document.getElementById(chart.id);
    element.setAttribute('role', 'img');
    const known = {element, chart: new Chart(element, cursor => this.set({cursor}))};
    this.charts.set(chart.id, known);
    return known;
  }
}

function part(chart, what) {
  return document.getElementById(`${chart.id}-${what}`);
}

function isDark() {
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

function caption(chart, {history, cursor, latency, reading}, set) {
  const at = cursor == null ? null : history && columnsOf(chart, history)[0][cursor];
  const partners = reading.state.PeersKnown;
  return [
    h('h3', null, chart.title),
    chart.id === 'latency' && select('Which latency', latency, Object.entries(LATENCIES), event => set({latency: event.target.value})),
    partners > MOST_PARTNERS && /throughput|lag/.test(chart.id) && h('span', {class: 'quiet'}, `the ${MOST_PARTNERS} busiest of ${partners} partners`),
    h('span', {class: 'quiet when'}, at ? clock(at * SECOND) : !history ? NOTHING : 'latest and highest'),
  ];
}

/** The lines with their colours: the value under the cursor, else the last one and the largest. */
function legend(chart, columns, cursor) {
  return h('ul', {class: 'keys'}, chart.lines.map(({label, metric}, index) => {
    const values = columns[index + 1];
    return h('li', {key: metric},
      h('span', {class: 'swatch', '--colour': colourOf(index), 'aria-hidden': 'true'}),
      name(label),
      h('span', {class: 'number'}, chart.text(cursor == null ? values.at(-1) : values[cursor])),
      cursor == null && h('span', {class: 'quiet number'}, chart.text(largest(values))));
  }));
}

function spoken(chart, columns) {
  const lines = chart.lines.map(({label}, index) => {
    const values = columns[index + 1];
    return `${label} latest ${chart.text(values.at(-1))}, highest ${chart.text(largest(values))}`;
  });
  return `${chart.title}. ${lines.join('. ')}. Arrow keys move through time.`;
}

function largest(values) {
  const known = values.filter(value => value != null);
  return known.length ? Math.max(...known) : null;
}
