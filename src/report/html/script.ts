/**
 * The only script: filters, copies, unfolds, listens to keys. It is a text of ours that never changes with the run, so that the policy
 * of the page can name it by its hash (seals.ts). It reads the page and sets attributes and texts; it makes no markup.
 */
export const script = String.raw`
'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const claims = all('.claim').map((el) => ({ el, told: el.dataset.told, severity: el.dataset.severity, section: el.dataset.section }));
  const groups = all('[data-group]').reverse();
  const q = $('q');
  const pressed = { told: new Set(), severity: new Set() };

  /* What is read when something is first searched for: the claim without its places, and each place. */
  const words = (claim) => {
    if (claim.text === undefined) {
      const places = all('[data-place]', claim.el);
      claim.places = places.map((el) => ({ el, text: el.textContent.toLowerCase() }));
      claim.own = all('summary h3, summary h4, summary h5, summary code, summary .says, .why, .where, dl', claim.el).map((el) => el.textContent).join(' ').toLowerCase();
      claim.text = claim.el.textContent.toLowerCase();
    }
    return claim;
  };

  const asked = () => {
    const wants = { told: [], severity: [], section: [], words: [] };
    const names = { is: 'told', sev: 'severity', in: 'section' };
    for (const word of q.value.toLowerCase().split(/\s+/).filter(Boolean)) {
      const [, key, value] = /^(is|sev|in):(.+)$/.exec(word) || [];
      if (key) wants[names[key]].push(value);
      else wants.words.push(word);
    }
    return wants;
  };

  const matches = (claim, wants) => {
    for (const key of ['told', 'severity', 'section']) {
      if (wants[key].length && !wants[key].some((value) => claim[key].startsWith(value))) return false;
    }
    if (pressed.told.size && !pressed.told.has(claim.told)) return false;
    if (pressed.severity.size && !pressed.severity.has(claim.severity)) return false;
    if (!wants.words.length) {
      for (const place of claim.places || []) place.el.hidden = false;
      return true;
    }
    const { own, text, places } = words(claim);
    if (!wants.words.every((word) => text.includes(word))) return false;
    const whole = wants.words.every((word) => own.includes(word));
    const hits = places.filter((place) => wants.words.every((word) => own.includes(word) || place.text.includes(word)));
    for (const place of places) place.el.hidden = !whole && hits.length > 0 && !hits.includes(place);
    return true;
  };

  const filter = () => {
    const wants = asked();
    const busy = q.value.trim() !== '' || pressed.told.size + pressed.severity.size > 0;
    let shown = 0;
    for (const claim of claims) {
      const fits = matches(claim, wants);
      claim.el.hidden = !fits;
      if (fits) shown++;
    }
    for (const group of groups) group.hidden = busy && !group.querySelector('.claim:not([hidden])');
    for (const fog of all('[data-fog]')) fog.hidden = busy;
    $('all').setAttribute('aria-pressed', String(!busy));
    $('none').hidden = shown > 0 || claims.length === 0;
    $('count').textContent = busy ? shown + ' of ' + claims.length + ' claims' : claims.length + ' claims';
    const kept = q.value.trim() ? '#q=' + encodeURIComponent(q.value.trim()) : '';
    if (kept || location.hash.startsWith('#q=')) history.replaceState(null, '', kept || location.pathname + location.search);
  };

  const clear = () => {
    q.value = '';
    for (const set of Object.values(pressed)) set.clear();
    for (const chip of all('.chips [data-told], .chips [data-severity]')) chip.setAttribute('aria-pressed', 'false');
    filter();
  };

  const decoded = (text) => {
    try { return decodeURIComponent(text); } catch { return text; }
  };

  /* Where an address leads is shown and opened, whatever was filtered. */
  const follow = () => {
    if (location.hash.startsWith('#q=')) {
      q.value = decoded(location.hash.slice(3));
      return filter();
    }
    const target = location.hash.length > 1 && $(decoded(location.hash.slice(1)));
    if (!target) return;
    if (target.closest('[hidden]')) clear();
    if (target.matches('details')) target.open = true;
    target.scrollIntoView();
  };

  const copy = async (text, button) => {
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      button.textContent = document.execCommand('copy') ? 'Copied' : 'Could not copy';
      area.remove();
    }
    $('count').textContent = button.textContent;
    button.addEventListener('blur', () => { button.textContent = label; }, { once: true });
  };

  const said = (el) => (el ? el.textContent.replace(/\s+/g, ' ').trim() : '');
  const issue = (claim) => {
    const lines = ['## ' + said(claim.querySelector('summary h3, summary h4, summary h5')), ''];
    for (const part of all('summary .says, .why, .where', claim)) lines.push(said(part), '');
    for (const name of all(':scope > .body > dl > dt', claim)) lines.push('- **' + said(name) + '**: ' + said(name.nextElementSibling));
    const pre = claim.querySelector('.script pre');
    if (pre) lines.push('', 'To reproduce:', '', ...pre.textContent.trimEnd().split('\n').map((line) => '    ' + line));
    return lines.join('\n') + '\n\n(' + said(claim.querySelector('summary code')) + ', found by Plummet)\n';
  };

  const unfold = () => {
    const open = $('unfold').getAttribute('aria-pressed') !== 'true';
    for (const claim of claims) if (!claim.el.hidden) claim.el.open = open;
    $('unfold').setAttribute('aria-pressed', String(open));
    $('unfold').textContent = open ? 'Fold all' : 'Unfold all';
  };

  const schemes = ['', 'light', 'dark'];
  const theme = () => {
    const next = schemes[(schemes.indexOf(document.documentElement.dataset.theme || '') + 1) % 3];
    if (next) document.documentElement.dataset.theme = next;
    else delete document.documentElement.dataset.theme;
    $('theme').textContent = 'Colours: ' + (next || 'system');
  };

  const walk = (by) => {
    const there = claims.filter((claim) => !claim.el.hidden).map((claim) => claim.el.firstElementChild);
    const now = document.activeElement.closest('.claim');
    const from = now ? there.indexOf(now.firstElementChild) : by > 0 ? -1 : there.length;
    const next = there[from + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  };

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input[type=search], textarea');
    if (event.key === 'Escape' && typing) { clear(); typing.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !$('keys').checked) return;
    const claim = event.target.closest('.claim');
    const acts = {
      '/': () => q.focus(),
      j: () => walk(1),
      k: () => walk(-1),
      e: unfold,
      t: theme,
      '?': () => $('help').togglePopover(),
      c: () => {
        const button = claim && claim.querySelector('.script .copy');
        if (button) void copy($(button.dataset.copy).textContent, button);
      },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) {
      const link = event.target.closest('a[href^="#"]');
      if (link && link.hash === location.hash) follow();
      return;
    }
    if (button.dataset.copy) void copy($(button.dataset.copy).textContent, button);
    else if (button.matches('.issue')) void copy(issue(button.closest('.claim')), button);
    else if (button.id === 'unfold') unfold();
    else if (button.id === 'theme') theme();
    else if (button.id === 'clear' || button.id === 'all') clear();
    else if (button.closest('.chips')) {
      const on = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(on));
      const key = button.dataset.told ? 'told' : 'severity';
      pressed[key][on ? 'add' : 'delete'](button.dataset[key]);
      filter();
    }
  });
  q.addEventListener('input', filter);
  q.form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', follow);
  for (const part of all('.filter, .tools, .copy, .issue')) part.hidden = false;
  document.documentElement.dataset.alive = '';
  if (!location.hash.startsWith('#q=')) filter();
  follow();
})();
`;
