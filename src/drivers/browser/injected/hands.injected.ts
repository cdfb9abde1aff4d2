/** Run inside the page, each by itself: they scroll, send a request with the page's cookies, read the hidden fields of a form. */
export function scrollOn(): boolean {
  let moved = false;
  const all = [
    document.scrollingElement,
    ...Array.from(document.querySelectorAll('*')).filter(
      (el) =>
        el.scrollHeight > el.clientHeight + 20 &&
        el.clientHeight > 60 &&
        /auto|scroll/.test(getComputedStyle(el).overflowY),
    ),
  ];
  for (const el of all) {
    if (!el) continue;
    const before = el.scrollTop;
    el.scrollTop = before + Math.max(100, el.clientHeight * 0.8);
    if (el.scrollTop > before + 1) moved = true;
  }
  return moved;
}

export async function fetchInPage(request: {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string;
  credentials: 'include' | 'same-origin';
}): Promise<{ status: number; body: string; headers: Record<string, string>; error?: string }> {
  const stop = AbortSignal.timeout(6000);
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      ...(request.headers ? { headers: request.headers } : {}),
      ...(request.body === undefined ? {} : { body: request.body }),
      credentials: request.credentials,
      signal: stop,
    });
    return {
      status: answer.status,
      body: (await answer.text()).slice(0, 2_000_000),
      headers: Object.fromEntries(answer.headers),
    };
  } catch (error) {
    return { status: 0, body: '', headers: {}, error: String(error) };
  }
}

export async function hiddenIn(url: string): Promise<Record<string, string>> {
  const answer = await fetch(url, { credentials: 'include', headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return Object.fromEntries(
    Array.from(page.querySelectorAll('form input[type=hidden][name]')).map((i) => [
      i.getAttribute('name') ?? '',
      i.getAttribute('value') ?? '',
    ]),
  );
}
