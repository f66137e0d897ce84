/* One reading: what the beans of a device said at one moment, under short names and with null for what is not known. */

const UNKNOWN = -1;

/** Makes a reading of what device.js found; the moment is that of the device's clock. */
export function readingOf({at, found: [metrics, devices, models, control]}) {
  return {
    at,
    control: only(control),
    state: named(metrics, 'State'),
    operations: named(metrics, 'Operations'),
    volume: named(metrics, 'DataVolume'),
    performance: named(metrics, 'Performance'),
    errors: named(metrics, 'Errors'),
    devices: listed(devices),
    models: listed(models),
  };
}

/** A gauge of a bean, which says −1 for what it does not know. */
export function gauge(value) {
  return value == null || value === UNKNOWN ? null : value;
}

/**
 * How often per second something happened between two readings; null if they are not of the same epoch. The uptime is the
 * time between them: nobody sets it, and it is finer than the moments.
 */
export function perSecond(reading, earlier, counter) {
  const elapsed = elapsedMillis(reading, earlier);
  return elapsed > 0 ? (1000 * (counter(reading) - counter(earlier))) / elapsed : null;
}

function elapsedMillis(reading, earlier) {
  const sameEpoch = earlier?.control.EpochId === reading.control.EpochId;
  return sameEpoch ? reading.state.UptimeMillis - earlier.state.UptimeMillis : null;
}

export function isSelf(reading, id) {
  return reading.control.DeviceId === id;
}

/** What a device is called; its id if nobody has told its name. */
export function deviceName(reading, id) {
  return reading.volume.EntriesByDevice[id]?.deviceName || id;
}

function only(beans) {
  return Object.values(beans)[0];
}

function named(beans, wanted) {
  const found = Object.keys(beans).find(bean => idOf(bean) === wanted);
  return beans[found];
}

function listed(beans) {
  return Object.entries(beans).map(([bean, attributes]) => ({id: idOf(bean), ...attributes}));
}

/** The key `name` of an ObjectName, which is always the last one; without its quotes, if it has some. */
function idOf(bean) {
  const text = bean.slice(bean.indexOf(',name=') + ',name='.length);
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}
