import { h, icon } from './dom.js';

let region;

function show(node, life) {
  region ??= document.body.appendChild(h('div', { class: 'toasts', popover: 'manual' }));
  // Shown again as a popover, so that it lies over a dialog that was opened later.
  if (region.matches(':popover-open')) region.hidePopover();
  region.append(node);
  region.showPopover();
  const remove = () => {
    node.remove();
    if (!region.childElementCount && region.matches(':popover-open')) region.hidePopover();
  };
  if (life) setTimeout(remove, life);
  return remove;
}

export function saved(text) {
  for (const old of region?.querySelectorAll('[role="status"]') ?? []) old.remove();
  show(
    h('div', { class: 'toast', role: 'status' }, h('span', { class: 'good' }, icon('check', 18)), h('p', {}, text)),
    3500,
  );
}

export function failed(text) {
  const close = h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Dismiss' }, icon('close', 14));
  const remove = show(h('div', { class: 'toast error', role: 'alert' }, icon('alert', 18), h('p', {}, text), close), 0);
  close.addEventListener('click', remove);
}
