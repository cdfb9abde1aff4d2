/** What a request was for, as the browser says it (Sec-Fetch-Dest), else guessed. */
export type Kind = 'document' | 'script' | 'style' | 'image' | 'font' | 'fetch' | 'socket' | 'other';

/**
 * One request and what became of it. Filled in as it goes: `doneAt` (epoch ms) is there when nothing more will come.
 * A WebSocket's exchange ends with its handshake. A tunnel that we cannot look into (TLS) is one exchange of method CONNECT.
 */
export interface Exchange {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  doneAt?: number;
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly kind: Kind;
  /** Names in lower case; repeated ones joined with ", " (Set-Cookie: with a line feed, since dates hold commas). */
  readonly requestHeaders: Record<string, string>;
  /** As sent, up to 2 MB. */
  requestBody: Buffer;
  /** Bytes on the wire, also beyond what is kept. */
  requestBytes: number;
  status?: number;
  responseHeaders?: Record<string, string>;
  /** Decoded (gzip, br, deflate, zstd), up to 4 MB; grows while a long answer comes in. What the app said, also where a fault kept it from the browser. */
  responseBody?: Buffer;
  /** Bytes on the wire, still encoded, also beyond what is kept. */
  responseBytes: number;
  error?: string;
  /** Name of the fault applied. */
  fault?: Fault['do'];
  /** The bodies were dropped, as newer ones needed the room. */
  bodiesDropped?: true;
}

/** A message of a WebSocket: unmasked, put together, inflated. `bytes` holds up to 256 kB; `text` where the sender said that it is text. */
export interface Frame {
  readonly at: number;
  readonly text?: string;
  readonly bytes: Buffer;
}

/** What passed through one WebSocket. */
export interface SocketTraffic {
  readonly id: number;
  /** ws://… */
  readonly url: string;
  readonly at: number;
  closedAt?: number;
  readonly sent: Frame[];
  readonly received: Frame[];
  bytesSent: number;
  bytesReceived: number;
}

/**
 * What to do to a request. `refuse`: the connection ends, the app hears nothing. `answer`: we answer, the app hears nothing. `truncate`: the connection
 * ends after so many bytes of the (encoded) body. `delay`: the app hears of it after `ms`. `lose-answer`: the app acts and answers, the browser hears nothing.
 */
export type Fault =
  | { do: 'refuse' }
  | { do: 'answer'; status: number; headers?: Record<string, string>; body: string }
  | { do: 'truncate'; after: number }
  | { do: 'delay'; ms: number }
  | { do: 'lose-answer' };

/** What a fault is chosen by. */
export interface FaultRequest {
  method: string;
  url: string;
  kind: Kind;
  headers: Record<string, string>;
}

export type RelayEvent =
  | { type: 'start' | 'end'; exchange: Exchange }
  | { type: 'frame'; direction: 'sent' | 'received'; socket: SocketTraffic; frame: Frame };
