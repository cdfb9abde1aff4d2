import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Some open their port before they can answer: waits until no answer is a failure any more, 10 s at most, since some never give another. */
export async function well(url: string, signal: AbortSignal): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until && !signal.aborted; await sleep(200))
    if ((await statusOf(url)) < 500) return;
}

/** 503 where there is no answer. Its body is not read: the connection ends with the head. */
function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    const request = (url.startsWith('https:') ? httpsGet : httpGet)(
      url,
      { agent: false, timeout: 3000, rejectUnauthorized: false },
      (answer) => {
        resolve(answer.statusCode ?? 503);
        answer.destroy();
      },
    );
    request.once('timeout', () => request.destroy());
    request.on('error', () => resolve(503));
    request.once('close', () => resolve(503));
  });
}
