/* What is asked of the device: its beans by the Jolokia bridge, its past by the history. */

const PATIENCE = 8000;
const PATIENCE_FOR_THE_PAST = 60_000;
const OK = 200;
const LOCKED = 401;
const NOT_FOUND = 404;
const CLASS_OF_ERROR = /^(?:[\w$.]+(?:Exception|Error) ?: ?)+/;

/** Every bean that the page shows, in one request, which the device answers from one snapshot. */
const BEANS = [
  'io.librarysync:type=Metrics,*',
  'io.librarysync:type=Device,*',
  'io.librarysync:type=Model,*',
  'io.librarysync:type=Control,name=Metrics,*',
].map(mbean => ({type: 'read', mbean}));

const CONTROLS = {type: 'search', mbean: 'io.librarysync:type=Control,*'};

/** The device refused the cookie of this page. */
export class LockedOut extends Error {}

/** What each of the patterns found, by the name of the bean, and the time of the device. */
export async function readBeans() {
  const replies = await jolokia(BEANS);
  return {at: replies[0].timestamp * 1000, found: replies.map(reply => (reply.status === NOT_FOUND ? {} : valueOf(reply)))};
}

/** The names of the beans that have operations, by the last part of their names: `Metrics`, `Sync`. */
export async function findControls() {
  const names = valueOf(await jolokia(CONTROLS));
  return Object.fromEntries(names.map(bean => [bean.replace(/.*,name=/, ''), bean]));
}

/** Calls an operation of a bean and returns what it returned. */
export async function call(mbean, operation) {
  return valueOf(await jolokia({type: 'exec', mbean, operation}));
}

/**
 * Metrics over time.
 *
 * @param range {since, until, step} in the words of the command line
 */
export function readHistory(metrics, range) {
  const query = new URLSearchParams(Object.entries(range).filter(([, value]) => value));
  metrics.forEach(metric => query.append('metric', metric));
  return ask(`/api/sync/history?${query}`, {}, PATIENCE_FOR_THE_PAST);
}

/** The newest events that the device remembers, the newest first. */
export function readEvents(limit) {
  return ask(`/api/sync/events?limit=${limit}`, {});
}

/** Listens to what happens from there on; the browser reconnects by itself and says what it had last. */
export function listen(lastId) {
  return new EventSource(lastId ? `/events?last_event_id=${encodeURIComponent(lastId)}` : '/events');
}

function jolokia(body) {
  return ask('/jolokia/', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
}

async function ask(path, options, patience = PATIENCE) {
  const response = await fetch(path, {...options, cache: 'no-store', signal: AbortSignal.timeout(patience)});
  if (response.status === LOCKED) {
    throw new LockedOut();
  }
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error ?? `the device answered ${response.status}`);
  }
  return answer;
}

function valueOf(reply) {
  if (reply.status !== OK) {
    throw new Error((reply.error ?? 'the device refused without a reason').replace(CLASS_OF_ERROR, ''));
  }
  return reply.value;
}
