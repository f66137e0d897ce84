/*
 * Elements as values: h() describes them, render() makes an element's children what was described, and touches only what
 * differs, so that focus, selection and scroll position stay. Text is only ever set as text.
 */

/** Describes an element: `h('p', {class: 'quiet'}, 'no ', h('b', null, 'errors'))`. What is null or false is left out. */
export function h(tag, props, ...children) {
  return {tag, props: props ?? {}, children: children.flat(Infinity).filter(isThere)};
}

/** A name that somebody chose: shown as text, cut where it is too long, whole in the tooltip. */
export function name(text, kind = '') {
  const whole = text || 'no name';
  return h('bdi', {class: `name ${kind}`, title: whole}, whole);
}

/** Makes the children of an element what the descriptions say. */
export function render(parent, ...descriptions) {
  const wanted = descriptions.flat(Infinity).filter(isThere);
  const keyed = new Map([...parent.childNodes].filter(node => node.key != null).map(node => [node.key, node]));
  wanted.forEach((description, index) => place(parent, description, index, keyed));
  while (parent.childNodes.length > wanted.length) {
    parent.lastChild.remove();
  }
}

function isThere(child) {
  return child != null && child !== false && child !== '';
}

function place(parent, description, index, keyed) {
  const present = parent.childNodes[index];
  const node = matching(description, present, keyed) ?? create(description);
  if (node !== present) {
    parent.insertBefore(node, present ?? null);
  }
  update(node, description);
}

function matching(description, present, keyed) {
  if (typeof description !== 'object') {
    return present?.nodeType === Node.TEXT_NODE ? present : undefined;
  }
  const key = description.props.key;
  const candidate = key == null ? present : keyed.get(key);
  const fits = candidate?.localName === description.tag && candidate.key == key;
  return fits ? candidate : undefined;
}

function create(description) {
  if (typeof description !== 'object') {
    return document.createTextNode('');
  }
  const node = document.createElement(description.tag);
  node.key = description.props.key;
  node.shown = {};
  return node;
}

function update(node, description) {
  if (typeof description !== 'object') {
    const text = String(description);
    if (node.data !== text) {
      node.data = text;
    }
    return;
  }
  setProps(node, description.props);
  render(node, description.children);
}

function setProps(node, props) {
  for (const prop of new Set([...Object.keys(node.shown), ...Object.keys(props)])) {
    if (prop !== 'key' && node.shown[prop] !== props[prop]) {
      setProp(node, prop, props[prop]);
    }
  }
  node.shown = props;
}

/** Handlers start with `on`, custom properties of the style with `--`; everything else is an attribute. */
function setProp(node, prop, value) {
  if (prop.startsWith('on')) {
    node[prop] = value ?? null;
  } else if (prop.startsWith('--')) {
    node.style.setProperty(prop, value ?? '');
  } else if (value == null || value === false) {
    node.removeAttribute(prop);
  } else {
    node.setAttribute(prop, value === true ? '' : value);
  }
}
