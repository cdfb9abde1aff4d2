import type { Page } from 'playwright-core';
import { within } from '../../lib/patience.ts';
import { type Box, type Rows, rowsOnScreen } from './injected/rows.injected.ts';
import { painted } from './paint.ts';

/** Milliseconds: a page that does not say in this time where its rows are gives no picture. */
const sayWithin = 3000;

/**
 * The screen as a PNG. With `ours`, rows whose text it does not take for ours are painted over, on the picture: the page is only read, before
 * and after it, and notices nothing. What cannot be painted over is not shown. Undefined where there is no picture.
 */
export async function pictureOf(page: Page, ours?: (text: string) => boolean): Promise<Uint8Array | undefined> {
  const shoot = (): Promise<Uint8Array> =>
    within(6000, 'the screenshot', page.screenshot({ type: 'png', timeout: 5000, animations: 'disabled' }));
  try {
    if (!ours) return await shoot();
    const { look, leave } = await besides(page);
    const [before, png, after] = await (async () => [await look(), await shoot(), await look()] as const)().finally(
      leave,
    );
    // What moved meanwhile is painted over at both places, and shows through only what stood still.
    const rows = [before, after].flatMap((one) => one.rows).filter(({ text }) => !ours(text));
    if (!rows.length) return png;
    const layers = before.layers.filter((layer) => after.layers.some((one) => isSame(layer, one)));
    return painted(png, widthOf(png) / before.width, [
      { boxes: rows.filter(({ above }) => !above) },
      { boxes: layers, whole: true },
      { boxes: rows.filter(({ above }) => above) },
    ]);
  } catch {
    return undefined;
  }
}

const isSame = (one: Box, other: Box): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;

/** A look from a world of scripts beside the page's own: what the page made of the browser's functions does not reach there. */
async function besides(page: Page): Promise<{ look(): Promise<Rows>; leave(): Promise<void> }> {
  const session = await within(sayWithin, 'the page', page.context().newCDPSession(page));
  return {
    look: () =>
      within(
        sayWithin,
        'the page',
        (async () => {
          const { frameTree } = await session.send('Page.getFrameTree');
          const world = { frameId: frameTree.frame.id, worldName: 'plummet' };
          const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', world);
          const expression = `(${rowsOnScreen})()`;
          const { result } = await session.send('Runtime.evaluate', { expression, contextId, returnByValue: true });
          return JSON.parse(String(result.value)) as Rows;
        })(),
      ),
    leave: () => session.detach().catch(() => undefined),
  };
}

const widthOf = (png: Uint8Array): number => new DataView(png.buffer, png.byteOffset).getUint32(16);
