/* One chart on a canvas. It is drawn anew when its lines change and fed when only its numbers do. */

const AXIS_FONT_REM = 0.75;
const LABELS_REM = 4.7;
const FOCUS_KEYS = {ArrowLeft: -1, ArrowRight: 1};

/**
 * A chart in an element.
 *
 * @param chosen told the position that the pointer or the arrow keys are at; null when there is none
 */
export class Chart {
  constructor(element, chosen) {
    this.element = element;
    this.chosen = chosen;
    this.plot = null;
    this.span = null;
    new ResizeObserver(() => this.fit()).observe(element);
    element.addEventListener('keydown', event => this.move(event));
    element.addEventListener('blur', () => this.plot?.setCursor({left: -10, top: -10}));
  }

  /** Draws a chart anew; `span` is the first and last second of the axis. */
  draw(chart, columns, span) {
    this.span = span;
    this.plot?.destroy();
    this.plot = new uPlot(this.options(chart), columns, this.element);
  }

  /** Shows other numbers on the same lines. */
  feed(columns, span) {
    this.span = span;
    this.plot.setData(columns);
  }

  options(chart) {
    return {
      ...sizeOf(this.element),
      legend: {show: false},
      cursor: {y: false, sync: {key: 'page'}, points: {size: 7}},
      scales: {x: {range: () => this.span}, y: {range: (plot, low, high) => [0, roomAbove(high)]}},
      axes: axes(chart),
      series: [{}, ...chart.lines.map((line, index) => lineStyle(index))],
      hooks: {setCursor: [plot => this.chosen(plot.cursor.idx ?? null)]},
    };
  }

  fit() {
    if (this.plot && this.element.clientWidth !== this.plot.width) {
      this.plot.setSize(sizeOf(this.element));
    }
  }

  /** Moves the cursor from point to point. */
  move(event) {
    const step = FOCUS_KEYS[event.key];
    const times = this.plot?.data[0] ?? [];
    if (!step || times.length === 0) {
      return;
    }
    event.preventDefault();
    const at = this.plot.cursor.idx;
    const next = at == null ? times.length - 1 : Math.min(times.length - 1, Math.max(0, at + step));
    this.plot.setCursor({left: this.plot.valToPos(times[next], 'x'), top: 1});
  }
}

/** The colour of a line, as the style sheet says. */
export function colourOf(index) {
  return `var(--series-${index + 1})`;
}

function sizeOf(element) {
  return {width: element.clientWidth, height: element.clientHeight};
}

/** Pixels of a length in the size of the page's text. */
function rem(length) {
  return Math.round(length * parseFloat(getComputedStyle(document.documentElement).fontSize));
}

function lineStyle(index) {
  return {stroke: styleValue(`--series-${index + 1}`), width: 1.75, points: {size: 5}, spanGaps: false};
}

function axes(chart) {
  const common = {
    stroke: styleValue('--quiet'),
    grid: {stroke: styleValue('--grid'), width: 1},
    ticks: {show: false},
    font: `${rem(AXIS_FONT_REM)}px ${styleValue('--font')}`,
  };
  return [
    {...common, space: 70, values: [
      [86400, '{YYYY}-{MM}-{DD}', null, null, null, null, null, null, 1],
      [3600, '{HH}:{mm}', '\n{YYYY}-{MM}-{DD}', null, null, null, null, null, 1],
      [60, '{HH}:{mm}', null, null, null, null, null, null, 1],
      [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1],
    ]},
    {...common, size: rem(LABELS_REM), space: 36, values: (plot, ticks) => ticks.map(chart.text)},
  ];
}

/** A quiet line stays at the bottom instead of filling the chart. */
function roomAbove(high) {
  return high > 0 ? high * 1.15 : 1;
}

function styleValue(property) {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}
