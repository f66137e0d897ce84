/* The events of the device: those it remembers first, then each as it happens, as long as somebody looks. */

import {listen, readEvents} from './device.js';

const MOST = 500;
const FIRST = 200;
const BEFORE_ANOTHER_TRY = 10_000;

export class Feed {
  constructor(state, set) {
    this.state = state;
    this.set = set;
    this.source = null;
    this.opening = false;
    this.notBefore = 0;
  }

  /** Listens, unless it does already or was turned away a moment ago. */
  async open() {
    if (this.source || this.opening || document.hidden || Date.now() < this.notBefore) {
      return;
    }
    this.opening = true;
    this.notBefore = Date.now() + BEFORE_ANOTHER_TRY;
    try {
      const known = await readEvents(FIRST);
      this.set({events: known});
      this.follow(known[0]?.id);
    } finally {
      this.opening = false;
    }
  }

  close() {
    this.source?.close();
    this.source = null;
    this.notBefore = 0;
  }

  follow(lastId) {
    this.source = listen(lastId);
    this.source.onopen = () => this.set({listening: 'yes'});
    this.source.onmessage = message => this.add(JSON.parse(message.data));
    this.source.addEventListener('lost', message => this.add(gap(JSON.parse(message.data))));
    this.source.onerror = () => this.interrupted();
  }

  add(event) {
    this.set({events: [event, ...this.state().events].slice(0, MOST)});
  }

  /** The browser tries again by itself, unless it was turned away. */
  interrupted() {
    this.set({listening: 'no'});
    if (this.source?.readyState === EventSource.CLOSED) {
      this.source = null;
    }
  }
}

/** Stands in the list where events should be that nobody remembers any more. */
function gap({run_id: run, from, to}) {
  return {
    id: `lost ${run} ${from}`,
    timestamp: null,
    severity: 'warning',
    event_type: 'missed',
    summary: to ? `events ${from} to ${to} are not remembered` : `events from ${from} on are not remembered`,
  };
}
