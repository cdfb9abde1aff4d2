/**
 * Runs inside the page: what is there that a person could use? One call, no library; a View as JSON, since the browser's protocol would
 * carry each of its thousands of values by itself. Elements are kept in window.__plummet.refs so that an act can find them again;
 * nothing else of the page is touched.
 */
// biome-ignore-all lint/suspicious/noExplicitAny: it runs in pages that nobody typed
export function perceive(textLimit: number): string {
  const w = window as any;
  w.__plummet ??= { refs: [] };
  const refs: Element[] = [];
  w.__plummet.refs = refs;
  // A space without width holds a line open where nothing is written.
  const clean = (s: string | null | undefined, n = 120): string =>
    (s ?? '')
      .replace(/[\u200b\u2060]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, n);
  const docs: (Document | ShadowRoot)[] = [document];
  const all: Element[] = [];
  const walk = (root: Document | ShadowRoot | Element, depth: number): void => {
    if (all.length > 20_000 || depth > 12) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    for (let el = walker.nextNode() as Element | null; el; el = walker.nextNode() as Element | null) {
      if (all.length > 20_000) return;
      all.push(el);
      const shadow = (el as HTMLElement).shadowRoot;
      if (shadow) {
        docs.push(shadow);
        walk(shadow, depth + 1);
      }
      if (el.tagName === 'IFRAME') {
        try {
          const d = (el as HTMLIFrameElement).contentDocument;
          if (d?.body) {
            docs.push(d);
            walk(d, depth + 1);
          }
        } catch {
          /* another origin */
        }
      }
    }
  };
  walk(document, 0);

  const shown = (el: Element): boolean => {
    const box = el.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    const check = (el as any).checkVisibility;
    return check ? check.call(el, { opacityProperty: true, visibilityProperty: true }) : true;
  };
  /** A part of a value that is typed by itself: the day, the month or the year of a date. */
  const isSegment = (el: Element): boolean =>
    el.matches('[role=spinbutton]') && (el as HTMLElement).isContentEditable && !el.matches('input');
  /** Drawn fields lay what takes their keys over themselves and keep it clear. */
  const clear = (el: Element): boolean =>
    (el.matches('input[role=combobox]') || isSegment(el)) &&
    el.getBoundingClientRect().width >= 2 &&
    (el as any).checkVisibility({ visibilityProperty: true });
  const parentOf = (el: Element): Element | null => {
    const root = el.getRootNode();
    return el.parentElement ?? (root as ShadowRoot).host ?? (root as Document).defaultView?.frameElement ?? null;
  };
  const isWithin = (el: Element, holder: Element): boolean => {
    for (let e: Element | null = el; e; e = parentOf(e)) if (e === holder) return true;
    return false;
  };
  const closest = (el: Element, selector: string): Element | null => {
    for (let e: Element | null = el; e; e = parentOf(e)) if (e.matches(selector)) return e;
    return null;
  };
  const labelText = (label: Element): string => {
    const copy = label.cloneNode(true) as Element;
    for (const inner of Array.from(copy.querySelectorAll('input,select,textarea,button,script,style'))) inner.remove();
    return clean(copy.textContent);
  };
  const byId = (el: Element, attr: string): string =>
    clean(
      (el.getAttribute(attr) ?? '')
        .split(/\s+/)
        .filter(Boolean)
        .map((id) => (el.getRootNode() as Document).getElementById?.(id)?.textContent ?? '')
        .join(' '),
    );
  const ownText = (el: Element): string => {
    const text = clean((el as HTMLElement).innerText ?? el.textContent);
    // What a slot shows stands elsewhere in the tree.
    const slot = text === '' && el.getRootNode() instanceof ShadowRoot ? el.querySelector('slot') : null;
    return slot
      ? clean(
          slot
            .assignedNodes({ flatten: true })
            .map((n) => n.textContent)
            .join(' '),
        )
      : text;
  };
  const iconHint = (el: Element): string => {
    for (const inner of Array.from(el.querySelectorAll('svg,i,use,img,span')).slice(0, 4)) {
      const hint = `${inner.getAttribute('class') ?? ''} ${inner.getAttribute('data-icon') ?? ''} ${inner.getAttribute('data-lucide') ?? ''} ${inner.getAttribute('href') ?? ''} ${inner.getAttribute('alt') ?? ''} ${inner.querySelector('title')?.textContent ?? ''}`;
      const word =
        /(trash|delete|bin|remove|pencil|edit|plus|add|archive|close|check|menu|more|ellipsis|dots|save|send|arrow[_-]?forward|arrow[_-]?right)/i.exec(
          hint,
        );
      if (word) return word[1]!.toLowerCase();
    }
    return '';
  };
  const nameOf = (el: Element): string => {
    const editable =
      el.matches('input:not([type=submit]):not([type=button]):not([type=reset]),select,textarea') ||
      (el as HTMLElement).isContentEditable;
    const first = byId(el, 'aria-labelledby') || clean(el.getAttribute('aria-label'));
    if (first) return first;
    const labels = (el as HTMLInputElement).labels;
    if (labels?.length) {
      const t = clean(Array.from(labels).map(labelText).join(' '));
      if (t) return t;
    }
    if (el.matches('input[type=submit],input[type=button],input[type=reset]'))
      return clean((el as HTMLInputElement).value) || 'Submit';
    if (el.matches('input[type=image]')) return clean(el.getAttribute('alt')) || 'Submit';
    if (editable) {
      const placeholder = clean(
        el.getAttribute('placeholder') ?? el.getAttribute('data-placeholder') ?? el.getAttribute('aria-placeholder'),
      );
      // A label that is not tied to its field still stands right before it: what a person reads counts.
      const caption = (e: Element | null | undefined): string => {
        const t = e && !e.querySelector('input,select,textarea,button') ? ownText(e) : '';
        return t.length < 40 && !/[.!?]$/.test(t) ? t : '';
      };
      const before = el.previousElementSibling;
      const around = parentOf(el)?.previousElementSibling;
      if (before?.matches('label')) {
        const t = caption(before);
        if (t) return t;
      }
      if (placeholder) return placeholder;
      const near =
        (before?.matches('span,strong,b,dt,th,legend,div,p,small') ? caption(before) : '') ||
        (around?.matches('label,span,p,dt,th,div,strong') ? caption(around) : '');
      return near || clean(el.getAttribute('title')) || clean(el.getAttribute('name'));
    }
    // An emoji or a glyph is read by its title, where it has one.
    const text = ownText(el);
    return (
      (/[\p{L}\p{N}]/u.test(text) ? text : clean(el.getAttribute('title')) || text) ||
      clean(el.getAttribute('title')) ||
      clean(el.querySelector('img')?.getAttribute('alt')) ||
      clean(el.querySelector('svg title')?.textContent) ||
      iconHint(el)
    );
  };
  const roleOf = (el: Element): string => {
    const given = el.getAttribute('role');
    if (given) return given.split(' ')[0]!;
    const tag = el.tagName;
    if (tag === 'A') return 'link';
    if (tag === 'BUTTON' || tag === 'SUMMARY') return 'button';
    if (tag === 'SELECT') return 'combobox';
    if (tag === 'TEXTAREA') return 'textbox';
    if (tag === 'INPUT') {
      const t = (el as HTMLInputElement).type;
      if (['submit', 'button', 'reset', 'image'].includes(t)) return 'button';
      if (t === 'checkbox' || t === 'radio') return t;
      if (t === 'number') return 'spinbutton';
      if (t === 'range') return 'slider';
      if (t === 'search') return 'searchbox';
      return closest(el, '[role=combobox]') ? 'combobox' : 'textbox';
    }
    if ((el as HTMLElement).isContentEditable) return 'textbox';
    return 'generic';
  };
  const cssOf = (el: Element): string => {
    const parts: string[] = [];
    for (let e: Element | null = el; e && parts.length < 6; e = e.parentElement) {
      // A form may hold a field that is called “id”.
      const id = e.getAttribute('id');
      if (id && !/\d{2,}|[0-9a-f]{6,}|:/.test(id)) {
        parts.unshift(`#${CSS.escape(id)}`);
        break;
      }
      const [nth, of] = nthOf(e);
      parts.unshift(e.tagName.toLowerCase() + (of > 1 ? `:nth-of-type(${nth})` : ''));
    }
    return parts.join(' > ');
  };
  // Counted once for each parent: ten thousand siblings would be counted ten thousand times.
  const counted = new Map<Element, { nth: Map<Element, number>; of: Map<string, number> }>();
  const nthOf = (el: Element): [number, number] => {
    const parent = el.parentElement;
    if (!parent) return [1, 1];
    let c = counted.get(parent);
    if (!c) {
      c = { nth: new Map(), of: new Map() };
      for (let kid = parent.firstElementChild; kid; kid = kid.nextElementSibling) {
        const n = (c.of.get(kid.tagName) ?? 0) + 1;
        c.of.set(kid.tagName, n);
        c.nth.set(kid, n);
      }
      counted.set(parent, c);
    }
    return [c.nth.get(el) ?? 1, c.of.get(el.tagName) ?? 1];
  };

  // The top layer: an open modal hides what lies under it.
  const area = innerWidth * innerHeight;
  const layers = all.filter(
    (el) => el.matches('dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]') && shown(el),
  );
  let modal: Element | undefined = layers
    .filter((el) => {
      try {
        return (
          el.matches(':modal') ||
          el.getAttribute('aria-modal') === 'true' ||
          el.matches('dialog[open]') ||
          el.matches('[role=dialog],[role=alertdialog]')
        );
      } catch {
        return false;
      }
    })
    .pop();
  if (!modal) {
    // A modal without roles: fixed, covering, above the page, holding something to use.
    const at = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    for (let e: Element | null = at; e && e !== document.body; e = parentOf(e)) {
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      if (
        style.position === 'fixed' &&
        box.width * box.height > area * 0.9 &&
        e.querySelector('input,textarea,select,button,[contenteditable=true]') &&
        e.parentElement?.querySelectorAll('a,button,input').length !== e.querySelectorAll('a,button,input').length
      ) {
        modal = e;
        break;
      }
    }
  }

  const known =
    'a[href],button,input:not([type=hidden]),select,textarea,summary,[contenteditable=""],[contenteditable=true],[contenteditable=plaintext-only],[role=button],[role=link],[role=tab],[role=menuitem],[role=menuitemradio],[role=option],[role=checkbox],[role=switch],[role=radio],[role=combobox],[role=textbox],[role=slider]';
  const usable = `${known},[draggable=true],[onclick],[tabindex="0"]`;
  const rowOf = new Map<Element, { template: number; row: number }>();
  const templates: { index: number; rows: string[]; beside: string[]; css: string }[] = [];
  const skeleton = (el: Element): string =>
    `${el.tagName}.${el.getAttribute('role') ?? ''}.${Array.from(el.classList)
      .filter((c) => !/\d|active|selected|done|is-|has-|odd|even|new|first|last/i.test(c))
      .sort()
      .join('.')}>${Array.from(new Set(Array.from(el.children).map((c) => c.tagName)))
      .sort()
      .join(',')}`;
  const loose = (el: Element): string => `${el.tagName}.${el.getAttribute('role') ?? ''}`;
  for (const parent of all) {
    if (parent.childElementCount > 3000) continue;
    const kids = Array.from(parent.children);
    if (kids.length < 1 || parent.matches('select,datalist,head,svg,tr,nav ul,nav')) continue;
    const isList = parent.matches(
      'ul,ol,tbody,table,[role=list],[role=listbox],[role=grid],[role=rowgroup],[role=feed],[role=log],dl',
    );
    const groups = new Map<string, Element[]>();
    for (const kid of kids) {
      if ((kid as any).checkVisibility && !(kid as any).checkVisibility() && getComputedStyle(kid).display === 'none')
        continue;
      const key = isList ? loose(kid) : skeleton(kid);
      groups.set(key, [...(groups.get(key) ?? []), kid]);
    }
    for (const rows of groups.values()) {
      if (rows.length < (isList ? 1 : 2) || rows[0]!.matches('script,style,br,option,label,input,td,th,path')) continue;
      // Layers that were laid side by side at the end of the page are no list.
      if (parent === document.body && rows.some((r) => !!modal && r.contains(modal))) continue;
      const texts = rows.map((r) => ownText(r).slice(0, 300));
      if (!texts.some((t) => /[\p{L}\p{N}]/u.test(t))) continue;
      const index = templates.length;
      const beside = kids
        .filter((kid) => kid.tagName === rows[0]!.tagName && !rows.includes(kid))
        .map((kid) => ownText(kid).slice(0, 300))
        .filter((text) => /[\p{L}\p{N}]/u.test(text));
      templates.push({ index, rows: texts, beside: beside.slice(0, 20), css: cssOf(parent) });
      rows.forEach((r, row) => rowOf.set(r, { template: index, row }));
    }
  }
  // Rows nest (a card in a column, a cell of buttons in a row): all that hold the element, the innermost first.
  const rowsOf = (el: Element): { template: number; row: number }[] => {
    const found: { template: number; row: number }[] = [];
    for (let e: Element | null = el; e; e = parentOf(e)) {
      const r = rowOf.get(e);
      if (r) found.push(r);
    }
    return found;
  };
  const nearestRow = (el: Element): { template: number; row: number } => rowsOf(el)[0] ?? { template: -1, row: -1 };

  const groupsOut: { index: number; kind: string; heading: string; action: string; method: string }[] = [];
  const groupEls: Element[] = [];
  /** The first that is not put away with the layer that it heads. */
  const shownText = (els: Iterable<Element>): string =>
    clean(
      Array.from(els).find((e) => (e as any).checkVisibility?.({ visibilityProperty: true }) ?? true)?.textContent,
      80,
    );
  const headingOf = (el: Element): string => {
    const own =
      byId(el, 'aria-labelledby') ||
      clean(el.getAttribute('aria-label')) ||
      shownText(el.querySelectorAll('h1,h2,h3,h4,legend,[role=heading]'));
    if (own) return own;
    for (let e: Element | null = el; e && e !== document.body; e = parentOf(e)) {
      let b = e.previousElementSibling;
      for (let i = 0; b && i < 3; i++, b = b.previousElementSibling)
        if (b.matches('h1,h2,h3,h4')) return clean(b.textContent, 80);
      const inner = shownText(
        e.querySelectorAll(':scope > h1, :scope > h2, :scope > h3, :scope > header h1, :scope > header h2'),
      );
      if (inner) return inner;
    }
    return '';
  };
  const pressed = 'button,[role=button],input[type=submit],a[role=button]';
  const pressables = docs.length > 1 ? all.filter((el) => el.getRootNode() !== document && el.matches(pressed)) : [];
  const isEditable = (el: Element): boolean =>
    el.matches(
      'input:not([type=submit]):not([type=button]):not([type=reset]):not([type=image]):not([type=hidden]),select,textarea',
    ) ||
    ((el as HTMLElement).isContentEditable && !(el.parentElement as HTMLElement | null)?.isContentEditable) ||
    el.matches('[role=textbox]');
  const aDialog = 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]';
  /** A form that nothing in it submits is sent by what stands beside it in its dialog. */
  const isSentFrom = (form: Element, dialog: Element): boolean =>
    dialog.querySelectorAll('form').length === 1 &&
    !form.querySelector('button:not([type]),[type=submit],[type=image]') &&
    Array.from(dialog.querySelectorAll(pressed)).some((b) => !form.contains(b));
  /** What shows the characters of a password stands in its field, and sends nothing. */
  const shows = (button: Element, field: Element): boolean =>
    field.matches('input[type=password]') &&
    (button.hasAttribute('aria-pressed') ||
      /^$|show|hide|display|reveal|toggle|visib|anzeigen|verbergen|mostrar|ocultar|afficher|masquer|exibir/i.test(
        nameOf(button),
      ));
  const groupFor = (el: Element): number => {
    let found: Element | null = (el as HTMLInputElement).form ?? closest(el, 'form');
    let kind = 'form';
    const dialog = closest(found ?? el, aDialog) ?? (found && modal?.contains(found) ? modal : null);
    if (!found || (dialog && isSentFrom(found, dialog))) {
      found = dialog;
      kind = 'dialog';
    }
    if (!found && modal && modal.contains(el)) {
      found = modal;
      kind = 'dialog';
    }
    if (!found) {
      kind = 'container';
      for (
        let e: Element | null = isEditable(el) ? parentOf(el) : null;
        e && e !== document.body && e !== document.documentElement;
        e = parentOf(e)
      ) {
        if (
          Array.from(e.querySelectorAll(pressed)).some((b) => !shows(b, el)) ||
          (docs.length > 1 && pressables.some((b) => isWithin(b, e)))
        ) {
          found = e;
          break;
        }
      }
      if (!found && !isEditable(el)) {
        const at = groupEls.findIndex((g) => isWithin(el, g) && groupsOut[groupEls.indexOf(g)]!.kind === 'container');
        return at;
      }
      if (!found) found = isEditable(el) ? parentOf(el) : null;
    }
    if (!found) return -1;
    let at = groupEls.indexOf(found);
    if (at < 0) {
      at = groupEls.push(found) - 1;
      groupsOut.push({
        index: at,
        kind,
        heading: headingOf(found),
        action: found.tagName === 'FORM' ? (found.getAttribute('action') ?? '') : '',
        method: (found.getAttribute('method') ?? '').toLowerCase(),
      });
    }
    return at;
  };

  const seen = new Set<Element>();
  const picked: { el: Element; hidden: boolean }[] = [];
  const consider = (el: Element): void => {
    if (seen.has(el) || picked.length >= 1500) return;
    seen.add(el);
    if (modal && !isWithin(el, modal)) {
      // Menus and pickers are often portalled beside the modal, on top of it.
      const box = el.getBoundingClientRect();
      const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (!hit || !(hit === el || el.contains(hit))) return;
    }
    const visible =
      shown(el) ||
      clear(el) ||
      // Files are given to a field that nobody sees, and code is typed into one.
      (el.matches('input[type=file],textarea:not([name])') && !!parentOf(el) && shown(parentOf(el)!)) ||
      (el.matches('input[type=checkbox],input[type=radio],input[type=file]') &&
        !!(el as HTMLInputElement).labels?.length &&
        shown((el as HTMLInputElement).labels![0]!));
    // Controls that show only under the pointer stand in rows that are shown.
    const inRow = !visible && nearestRow(el).template >= 0;
    if (!visible && !inRow) return;
    if (
      !visible &&
      (!el.matches('button,a,[role=button]') ||
        !(() => {
          for (let e: Element | null = el; e; e = parentOf(e)) if (rowOf.has(e) && shown(e)) return true;
          return false;
        })())
    )
      return;
    if (closest(el, '[inert]') || (closest(el, '[aria-hidden=true]') && !modal?.contains(el))) return;
    // A combobox that holds a field (ARIA 1.1): the field is what is used.
    if (el.matches('[role=combobox]') && picked.some((p) => el !== p.el && el.contains(p.el) && isEditable(p.el)))
      return;
    const inner = el.matches('[tabindex="0"],[onclick],[draggable=true]') && !el.matches(known);
    if (inner && el.querySelectorAll('a[href],button,input,select,textarea').length > 12) return;
    picked.push({ el, hidden: !visible });
  };
  const used = all.filter((el) => el.matches(usable));
  for (const el of used) if (isEditable(el)) consider(el);
  for (const el of used) consider(el);
  // Things that only look clickable: cursor pointer on an element whose parent has none.
  if (picked.length < 400) {
    let n = 0;
    for (const el of all) {
      if (n > 1500 || picked.length >= 500) break;
      if (seen.has(el) || !el.matches('div,span,li,td,tr,article,section,h1,h2,h3,h4,p,img,svg,label,i')) continue;
      n++;
      if (closest(el, 'a[href],button,label,[role=button],select')) continue;
      const up = parentOf(el);
      if (getComputedStyle(el).cursor === 'pointer' && (!up || getComputedStyle(up).cursor !== 'pointer')) consider(el);
    }
  }
  // What a row says may answer to a double click, which nothing shows: leaves of text in rows.
  const leaves = new Set<Element>();
  for (const el of all) {
    if (leaves.size >= 300) break;
    if (
      seen.has(el) ||
      !el.matches('span,label,p,div,td,li,h1,h2,h3,h4,strong') ||
      nearestRow(el).template < 0 ||
      closest(el, 'a[href],button,[role=button],select,nav')
    )
      continue;
    if (Array.from(el.childNodes).some((n) => n.nodeType === 3 && n.nodeValue!.trim() !== '') && shown(el)) {
      const n = picked.length;
      consider(el);
      if (picked.length > n) leaves.add(el);
    }
  }
  const order = new Map(all.map((el, i) => [el, i]));
  picked.sort((a, b) => (order.get(a.el) ?? 0) - (order.get(b.el) ?? 0));
  for (const { el } of picked) if (isEditable(el)) groupFor(el);

  const controls = picked.map(({ el, hidden }) => {
    const input = el as HTMLInputElement;
    const box = el.getBoundingClientRect();
    const r = nearestRow(el);
    const dialog =
      closest(el, 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]') || (modal?.contains(el) ? modal : null);
    const region = dialog
      ? 'dialog'
      : closest(el, 'search,[role=search]')
        ? 'search'
        : closest(el, 'nav,[role=navigation],aside nav')
          ? 'nav'
          : closest(el, 'footer,[role=contentinfo]')
            ? 'footer'
            : closest(el, 'body > header,[role=banner],body > div > header')
              ? 'header'
              : 'main';
    const segment = isSegment(el);
    const content = (el as HTMLElement).isContentEditable && !el.matches('input,textarea,select') && !segment;
    return {
      ref: refs.push(el) - 1,
      role: content ? 'textbox' : leaves.has(el) ? 'text' : roleOf(el),
      tag: el.tagName.toLowerCase(),
      type: content ? 'rich' : segment ? 'segment' : (input.type ?? '').toString().toLowerCase(),
      name: nameOf(el),
      attr: clean(el.getAttribute('name') || el.id, 60),
      placeholder: clean(el.getAttribute('placeholder')),
      autocomplete: el.getAttribute('autocomplete') ?? '',
      value: content
        ? clean((el as HTMLElement).innerText ?? el.textContent, 2000)
        : segment
          ? ownText(el).replace(/^\D*$/, '')
          : el.matches('input,textarea,select') && input.type !== 'password'
            ? String(input.value ?? '').slice(0, 2000)
            : '',
      ...(input.type === 'password' ? { filled: !!input.value } : {}),
      text: ownText(el),
      href: el.tagName === 'A' ? (el as HTMLAnchorElement).href : '',
      css: cssOf(el),
      describedBy: [
        byId(el, 'aria-describedby') || byId(el, 'aria-errormessage'),
        input.pattern ? clean(el.getAttribute('title')) : '',
      ]
        .join(' ')
        .trim(),
      required: !!input.required || el.getAttribute('aria-required') === 'true' || /\*\s*$/.test(nameOf(el)),
      disabled:
        !!input.disabled ||
        el.getAttribute('aria-disabled') === 'true' ||
        !!closest(el, 'fieldset[disabled]') ||
        !!input.readOnly,
      invalid:
        el.getAttribute('aria-invalid') === 'true' ||
        (el.matches('input,select,textarea') && input.willValidate && !input.validity.valid),
      checked:
        !!input.checked ||
        ['aria-checked', 'aria-pressed', ...(el.matches('[role=option]') ? ['aria-selected'] : [])].some(
          (state) => el.getAttribute(state) === 'true',
        ),
      pressable: el.hasAttribute('aria-pressed'),
      scripted: Array.from(el.attributes).some(({ name }) =>
        /^(on|hx-|x-on|@|v-on|ng-)|^data-(.*confirm|.*method|remote|toggle|bs-toggle|action)$/.test(name),
      ),
      folded: el.getAttribute('aria-expanded') === 'false' || el.matches('details:not([open]) > summary'),
      opens: (el.getAttribute('aria-haspopup') ?? '').replace('false', ''),
      suggests:
        /list|both/.test(el.getAttribute('aria-autocomplete') ?? '') ||
        (roleOf(el) === 'combobox' && el.tagName === 'INPUT'),
      fixed: !!input.readOnly,
      accepts: el.matches('input[type=file]') ? (el.getAttribute('accept') ?? '').toLowerCase() : '',
      draggable:
        el.getAttribute('draggable') === 'true' ||
        (r.template >= 0 &&
          !isEditable(el) &&
          (/drag|sort/i.test(el.getAttribute('aria-roledescription') ?? '') ||
            /^(grab|move)$/.test(getComputedStyle(el).cursor))),
      editable: isEditable(el),
      submits:
        el.matches('button:not([type]),button[type=submit],input[type=submit],input[type=image]') &&
        !!closest(el, 'form'),
      min: input.min ?? el.getAttribute('aria-valuemin') ?? '',
      max: input.max ?? el.getAttribute('aria-valuemax') ?? '',
      step: el.tagName === 'INPUT' ? (input.step ?? '') : '',
      minLength: Math.max(input.minLength, 0),
      maxLength: Math.max(input.maxLength, 0),
      pattern: input.pattern ?? '',
      options:
        el.tagName === 'SELECT'
          ? Array.from((el as unknown as HTMLSelectElement).options)
              .slice(0, 60)
              .map((o) => ({
                value: o.value,
                text: clean(o.text),
                disabled: o.disabled || !!o.closest('optgroup')?.disabled,
              }))
          : [],
      region,
      group: groupFor(el),
      template: r.template,
      row: r.row,
      rows: rowsOf(el).slice(0, 5),
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      hidden,
    };
  });
  const live = all
    .filter(
      (el) =>
        el.matches(
          '[role=alert],[role=status],[aria-live]:not([aria-live=off]),output,[class*=toast i],[class*=snackbar i],[class*=notification i],[class*=flash i],[class*=alert i],[class*=error i]',
        ) && shown(el),
    )
    .map((el) => ownText(el))
    .filter(Boolean);
  // Work in progress, as pages say it: aria-busy, a button that is off and ends in dots, a line that is only "Saving…".
  const busy = all.some(
    (el) =>
      (el.getAttribute('aria-busy') === 'true' ||
        (el.matches('button,input[type=submit]') &&
          (el as HTMLButtonElement).disabled &&
          /\p{L}(…|\.\.\.)$/u.test(nameOf(el)))) &&
      shown(el),
  );
  let text = '';
  // Of a page without an end only what stands at its beginning is read: innerText would lay out the whole.
  for (const el of all.length > 20_000 ? all : []) {
    if (text.length > textLimit) break;
    if (!el.matches('script,style,noscript,template'))
      for (const n of Array.from(el.childNodes).slice(0, 200))
        if (n.nodeType === 3 && n.nodeValue!.trim()) text += `${n.nodeValue!.slice(0, 4000)}\n`;
  }
  for (const root of all.length > 20_000 ? [] : docs) {
    const body = (root as Document).body ?? root;
    text += `${(body as HTMLElement).innerText ?? body.textContent ?? ''}\n`;
    if (text.length > textLimit) break;
  }
  const waiting =
    /^\s*(loading|saving|please wait|publishing|sending|wird geladen|l[aä]dt|chargement|cargando|carregando)[^\n]{0,20}(…|\.\.\.)\s*$/im.test(
      text,
    );
  const view = {
    url: location.href,
    title: document.title.slice(0, 300),
    controls,
    groups: groupsOut,
    templates: templates.slice(0, 600).map((t) => ({ ...t, rows: t.rows.slice(0, 1000) })),
    live: [...new Set(live)].slice(0, 20),
    modal: !!modal,
    busy: busy || waiting,
    // As their makers' documents embed them; what they load may be out of reach here.
    captcha: all.some((el) =>
      el.matches(
        '.g-recaptcha,.h-captcha,.cf-turnstile,altcha-widget,[name$="-captcha-response"],[name=g-recaptcha-response],[name=cf-turnstile-response],:is(iframe,script):is([src*="/recaptcha/"],[src*="hcaptcha.com"],[src*="challenges.cloudflare.com/turnstile"],[src*="friendly-challenge"])',
      ),
    ),
    text: text.slice(0, textLimit),
  };
  // Libraries of old give strings and lists a form of their own in JSON; they have it back at once.
  const own = [Array, String, Number, Boolean].flatMap(({ prototype }: any) =>
    Object.hasOwn(prototype, 'toJSON') ? [{ prototype, toJSON: prototype.toJSON }] : [],
  );
  for (const { prototype } of own) delete prototype.toJSON;
  try {
    return JSON.stringify(view);
  } finally {
    for (const { prototype, toJSON } of own) prototype.toJSON = toJSON;
  }
}
