/* Numbers as people read them, in the same forms as the screens of the command line. What is not known is a dash. */

export const NOTHING = '–';

const SECOND = 1000;
const UNITS = [['d', 86400], ['h', 3600], ['m', 60], ['s', 1]];
const COUNT = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'];

export function known(value) {
  return value != null && Number.isFinite(value);
}

export function count(value) {
  return known(value) ? COUNT.format(value) : NOTHING;
}

export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The two largest units: `2h 34m`, `3m 4s`, `12s`. */
export function duration(millis) {
  if (!known(millis)) {
    return NOTHING;
  }
  const parts = split(Math.max(0, Math.floor(millis / SECOND)));
  const first = parts.findIndex(part => part.amount > 0);
  return first < 0 ? '0s' : parts.slice(first, first + 2).filter(part => part.amount > 0).map(written).join(' ');
}

function split(seconds) {
  let rest = seconds;
  return UNITS.map(([unit, length]) => {
    const amount = Math.floor(rest / length);
    rest -= amount * length;
    return {amount, unit};
  });
}

function written({amount, unit}) {
  return `${amount}${unit}`;
}

/** `4.1ms` below 10 ms, `342ms` below a second, `2.1s` below a minute, then a duration. */
export function latency(millis) {
  if (!known(millis)) {
    return NOTHING;
  }
  if (millis < 10) {
    return `${trimmed(millis, millis !== 0 && millis < 0.1 ? 2 : 1)}ms`;
  }
  if (millis < SECOND) {
    return `${Math.round(millis)}ms`;
  }
  return millis < 60 * SECOND ? `${trimmed(millis / SECOND, 1)}s` : duration(millis);
}

/** In powers of 1,000. */
export function bytes(value) {
  if (!known(value)) {
    return NOTHING;
  }
  let size = value;
  let unit = 0;
  while (size >= 999.95 && unit < SIZES.length - 1) {
    size /= 1000;
    unit++;
  }
  return unit === 0 ? `${Math.round(size)} B` : `${size.toFixed(1)} ${SIZES[unit]}`;
}

export function rate(perSecond) {
  if (!known(perSecond)) {
    return NOTHING;
  }
  return `${perSecond < 10 ? trimmed(perSecond, 1) : count(perSecond)}/s`;
}

export function byteRate(perSecond) {
  return known(perSecond) ? `${bytes(perSecond)}/s` : NOTHING;
}

/** Never a false 0 or 100. */
export function percent(part, whole) {
  if (!known(part) || !known(whole) || whole === 0) {
    return NOTHING;
  }
  const share = (100 * part) / whole;
  if (share > 0 && share < 0.01) {
    return '<0.01%';
  }
  if (share < 100 && share > 99.99) {
    return '>99.99%';
  }
  const fine = (share > 0 && share < 0.1) || (share < 100 && share > 99.9);
  return `${share.toFixed(fine ? 2 : 1)}%`;
}

export function drift(millis) {
  return known(millis) ? `${millis > 0 ? '+' : ''}${count(millis)}ms` : NOTHING;
}

/** The time of day, with the date if it is not today. */
export function clock(epochMillis, now = Date.now()) {
  if (!known(epochMillis)) {
    return NOTHING;
  }
  const time = new Date(epochMillis);
  const hours = time.toLocaleTimeString('en-GB');
  return time.toDateString() === new Date(now).toDateString() ? hours : `${day(time)} ${hours}`;
}

export function ago(epochMillis, now) {
  return known(epochMillis) ? `${duration(now - epochMillis)} ago` : 'never';
}

function day(time) {
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

function two(number) {
  return String(number).padStart(2, '0');
}

function trimmed(value, digits) {
  return value.toFixed(digits).replace(/\.0+$/, '');
}
