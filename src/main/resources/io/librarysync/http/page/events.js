/* What happened, newest first, and which of it is wanted. */

import {clock, count, duration, NOTHING} from './format.js';
import {h, name} from './tree.js';
import {select} from './troubles.js';

const SEVERITIES = ['debug', 'info', 'warning', 'error'];
const SHORT_ID = 8;

const LEVELS = [
  ['debug', 'everything'],
  ['info', 'without details'],
  ['warning', 'warnings, errors'],
  ['error', 'errors'],
];

export function choice({choice: chosen}, set) {
  const choose = changes => set({choice: {...chosen, ...changes}});
  return h('div', {class: 'controls'},
    chosen.session && h('button', {key: 'session', type: 'button', 'aria-pressed': 'true', title: 'Show all sessions again',
      onclick: () => choose({session: ''})}, `session ${chosen.session.slice(0, SHORT_ID)} ✕`),
    select('Which events', chosen.severity, LEVELS, event => choose({severity: event.target.value})),
    h('input', {type: 'search', placeholder: 'text', 'aria-label': 'Text in the event', oninput: event => choose({text: event.target.value})}));
}

export function events({events: all, listening, choice: chosen}, set) {
  const shown = all.filter(event => passes(event, chosen));
  return [
    h('p', {class: 'quiet', id: 'event-line'}, line(all, shown, listening)),
    shown.length > 0 && h('ol', {class: 'log'}, shown.map(event => row(event, session => set({choice: {...chosen, session}})))),
  ];
}

function line(all, shown, listening) {
  const heard = listening === 'yes' ? 'as they happen' : 'not connected now';
  return all.length === 0
    ? `${NOTHING} (${heard})`
    : `${count(shown.length)} of the last ${count(all.length)}, ${heard}`;
}

function row(event, chooseSession) {
  return h('li', {key: event.id},
    h('time', {class: 'number quiet'}, event.timestamp ? clock(Date.parse(event.timestamp)) : NOTHING),
    h('span', {class: `tag ${event.severity}`}, event.event_type.replaceAll('_', ' ')),
    h('span', {class: 'message'},
      event.peer_name && name(event.peer_name),
      name(summary(event), 'whole'),
      event.correlation_id && h('button', {type: 'button', class: 'link', title: 'Show this session only',
        onclick: () => chooseSession(event.correlation_id)}, event.correlation_id.slice(0, SHORT_ID))));
}

function summary({summary: text, duration_ms: millis}) {
  return millis == null ? text : `${text} in ${duration(millis)}`;
}

function passes(event, {severity, session, text}) {
  return SEVERITIES.indexOf(event.severity) >= SEVERITIES.indexOf(severity)
    && (!session || event.correlation_id === session)
    && (!text || searched(event).includes(text.toLowerCase()));
}

function searched({event_type: type, peer_name: peer = '', summary: text}) {
  return `${type.replaceAll('_', ' ')} ${peer} ${text}`.toLowerCase();
}
