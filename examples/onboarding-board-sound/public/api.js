import { SaveError } from '/ui/model.js';

/** One request. Anything but a readable success is an error, with a sentence for the reader. */
async function call(method, path, { body, headers, want }) {
  let response;
  let answer;
  try {
    response = await fetch(path, {
      method,
      headers: { ...(method !== 'GET' && { 'content-type': 'application/json' }), ...headers },
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    throw new SaveError('No answer came from the server. Check your connection, then try again.');
  }
  try {
    answer = await response.json();
  } catch {
    // Not JSON, or cut off: the status decides below.
  }
  const { status } = response;
  if (!response.ok) {
    const fallback = `The server answered with an error (${status}). Try again in a moment.`;
    const text = status === 401 && path.startsWith('/api/customers') ? 'Your session has ended. Log in again in another tab, then try again here.' : answer?.error;
    throw new SaveError(typeof text === 'string' ? text : fallback, { errors: answer?.errors, status, current: answer?.current });
  }
  if (answer?.[want] === undefined) throw new SaveError('The answer of the server could not be read. Try again in a moment.', { status });
  return answer[want];
}

export const door = {
  current: () => call('GET', '/api/me', { want: 'user' }),
  logIn: (body) => call('POST', '/api/login', { body, want: 'user' }),
  signUp: (body) => call('POST', '/api/signup', { body, want: 'user' }),
  logOut: () => call('POST', '/api/logout', { want: 'user' }),
};

export const store = {
  load: () => call('GET', '/api/customers', { want: 'customers' }),
  create: (body, key) => call('POST', '/api/customers', { body, headers: { 'idempotency-key': key }, want: 'customer' }),
  update: (id, changes, version) => call('PATCH', `/api/customers/${id}`, { body: { ...changes, version }, want: 'customer' }),
  async remove(id, version) {
    try {
      await call('DELETE', `/api/customers/${id}`, { body: { version }, want: 'deleted' });
    } catch (error) {
      // Somebody was faster, or an earlier try did arrive: either way it is gone.
      if (error.status !== 404) throw error;
    }
  },
  watch,
};

/** Calls `changed` when the board changed anywhere, and `say('live' | 'lost' | 'ended')` about the connection. */
function watch(changed, say) {
  let source;
  let again;
  let opened = false;
  let stopped = false;

  const connect = () => {
    clearTimeout(again);
    source?.close();
    source = new EventSource('/api/events');
    source.addEventListener('open', () => {
      say('live');
      // What happened while nobody listened is read now.
      if (opened) changed();
      opened = true;
    });
    source.addEventListener('change', () => changed());
    source.addEventListener('error', async () => {
      clearTimeout(again);
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, 3000);
      const user = await door.current().catch(() => undefined);
      if (!stopped && source.readyState !== EventSource.OPEN) say(user === null ? 'ended' : 'lost');
    });
  };
  // A hidden tab gives its connection back: browsers allow only a few to one server.
  const onVisibility = () => {
    if (document.visibilityState === 'visible') connect();
    else source?.close();
  };
  document.addEventListener('visibilitychange', onVisibility);
  connect();
  return () => {
    stopped = true;
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(again);
    source?.close();
  };
}
