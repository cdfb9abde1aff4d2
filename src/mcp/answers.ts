import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { oneLine } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Call } from './desk.ts';

export type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
/** Work that takes long: in the queue, with progress, until its caller gives it up. */
export type Long = (extra: Extra, work: (call: Call) => Promise<CallToolResult>) => Promise<CallToolResult>;

export const text = (words: string): { content: [{ type: 'text'; text: string }] } => ({
  content: [{ type: 'text', text: words }],
});

/** A coded failure says what to do, and is an answer to the caller; a fault of our own is one, too, and not the end of the server. */
export async function told(work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await work();
  } catch (error) {
    const words =
      error instanceof Failure ? `${error.message} [${error.code}]` : `a fault of its own: ${oneLine(String(error))}`;
    return { ...text(words), isError: true };
  }
}

/** Progress goes to whoever asked for it. Its number grows by one with each line, for how far it is nobody knows. */
export function callOf({ signal, _meta, sendNotification }: Extra): Call {
  const token = _meta?.progressToken;
  let progress = 0;
  return {
    signal,
    says(message) {
      if (token === undefined || signal.aborted) return;
      sendNotification({
        method: 'notifications/progress',
        params: { progressToken: token, progress: ++progress, message },
      }).catch(() => undefined);
    },
  };
}
