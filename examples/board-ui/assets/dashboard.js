import { h, s } from './dom.js';
import { HEALTH, isoDay, MONTHLY, STAGES } from './model.js';

const count = (list, test) => list.filter(test).length;
const money = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  maximumFractionDigits: 1,
});
const month = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });

const panel = (title, ...content) => h('section', { class: 'panel' }, h('h2', {}, title), ...content);
const figure = (value, label) => h('div', { class: 'figure' }, h('b', {}, String(value)), h('span', {}, label));

function stages(customers) {
  const numbers = STAGES.map((stage) => count(customers, (customer) => customer.stage === stage.id));
  const most = Math.max(1, ...numbers);
  const label = STAGES.map((stage, i) => `${stage.name} ${numbers[i]}`).join(', ');
  return s(
    'svg',
    { class: 'chart', viewBox: '0 0 300 116', role: 'img', 'aria-label': `Customers by stage: ${label}` },
    STAGES.map((stage, i) => {
      const y = i * 30 + 4;
      const width = (numbers[i] / most) * 172;
      return s(
        'g',
        {},
        s('text', { x: 0, y: y + 14 }, stage.name),
        s('rect', { class: 'track', x: 92, y: y + 3, width: 172, height: 14, rx: 4 }),
        width > 0 &&
          s('rect', {
            x: 92,
            y: y + 3,
            width: Math.max(6, width),
            height: 14,
            rx: 4,
            vars: { fill: `var(--stage-${stage.id})` },
          }),
        s('text', { class: 'strong', x: 300, y: y + 14, 'text-anchor': 'end' }, String(numbers[i])),
      );
    }),
  );
}

function health(customers) {
  const colours = ['var(--chart-good)', 'var(--chart-warn)', 'var(--chart-bad)'];
  const numbers = HEALTH.map((name) => count(customers, (customer) => customer.health === name));
  const total = customers.length;
  const round = 2 * Math.PI * 40;
  const parts = numbers.filter(Boolean).length;
  let turned = 0;
  const arcs = numbers.map((number, i) => {
    if (!number) return undefined;
    const length = (number / total) * round;
    const gap = parts > 1 ? 3 : 0;
    const arc = s('circle', {
      cx: 52,
      cy: 52,
      r: 40,
      fill: 'none',
      'stroke-width': 15,
      transform: 'rotate(-90 52 52)',
      'stroke-dasharray': `${Math.max(1, length - gap)} ${round}`,
      'stroke-dashoffset': -turned,
      vars: { stroke: colours[i] },
    });
    turned += length;
    return arc;
  });
  const label = HEALTH.map((name, i) => `${name} ${numbers[i]}`).join(', ');
  return h(
    'div',
    { class: 'donut' },
    s(
      'svg',
      { class: 'chart', viewBox: '0 0 104 104', role: 'img', 'aria-label': `Health: ${label}` },
      s('circle', { cx: 52, cy: 52, r: 40, fill: 'none', 'stroke-width': 15, vars: { stroke: 'var(--sunken)' } }),
      arcs,
      s('text', { class: 'total', x: 52, y: 60, 'text-anchor': 'middle' }, String(total)),
    ),
    h(
      'ul',
      { class: 'legend' },
      HEALTH.map((name, i) =>
        h('li', {}, h('i', { vars: { background: colours[i] } }), name, h('b', {}, String(numbers[i]))),
      ),
    ),
  );
}

function starts(customers) {
  const now = new Date();
  const months = [-3, -2, -1, 0, 1, 2].map(
    (offset) => new Date(Date.UTC(now.getFullYear(), now.getMonth() + offset, 1)),
  );
  const numbers = months.map((date) =>
    count(customers, (customer) => customer.startDate?.startsWith(date.toISOString().slice(0, 7))),
  );
  const most = Math.max(1, ...numbers);
  const label = months.map((date, i) => `${month.format(date)} ${numbers[i]}`).join(', ');
  return s(
    'svg',
    { class: 'chart', viewBox: '0 0 300 116', role: 'img', 'aria-label': `Starts by month: ${label}` },
    s('line', { class: 'axis', x1: 0, x2: 300, y1: 95, y2: 95 }),
    months.map((date, i) => {
      const height = (numbers[i] / most) * 72;
      const x = i * 50 + 9;
      return s(
        'g',
        {},
        height > 0 &&
          s('path', { d: bar(x, 95, 32, height), vars: { fill: i === 3 ? 'var(--accent)' : 'var(--stage-kickoff)' } }),
        numbers[i] > 0 &&
          s('text', { class: 'strong', x: x + 16, y: 95 - height - 6, 'text-anchor': 'middle' }, String(numbers[i])),
        s('text', { class: i === 3 ? 'strong' : '', x: x + 16, y: 112, 'text-anchor': 'middle' }, month.format(date)),
      );
    }),
  );
}

/** A bar that stands on the axis: only its upper corners are round. */
function bar(x, base, width, height) {
  const r = Math.min(4, height);
  return `M${x} ${base}v${-(height - r)}q0 ${-r} ${r} ${-r}h${width - 2 * r}q${r} 0 ${r} ${r}v${height - r}z`;
}

export function dashboard(customers) {
  const soon = isoDay(14);
  const today = isoDay();
  const live = customers.filter((customer) => customer.stage === 'live');
  return h(
    'div',
    { class: 'dashboard', role: 'group', 'aria-label': 'Numbers of this board', tabindex: '0' },
    panel(
      'This board',
      h(
        'div',
        { class: 'figures' },
        figure(customers.length - live.length, 'in onboarding'),
        figure(live.length, 'live'),
        figure(
          count(customers, ({ startDate }) => startDate && startDate >= today && startDate <= soon),
          'start in 14 days',
        ),
        figure(money.format(customers.reduce((sum, { plan }) => sum + (MONTHLY[plan] ?? 0), 0)), 'a month, list price'),
      ),
    ),
    panel('Customers by stage', stages(customers)),
    panel('Health', health(customers)),
    panel('Starts by month', starts(customers)),
  );
}
