import { clip, oneLine } from '../lib/text.ts';
import type { Result } from '../model/run.ts';
import type { Progress } from '../model/target.ts';
import type { Stream } from './parts.ts';

/** Says what is being done: on a terminal one line that changes, else one line for each stage. */
export interface Live {
  progress(event: Progress): void;
  found(result: Result): void;
  /** A line that stays. */
  say(text: string): void;
  end(): void;
}

const erase = '\r\x1b[2K';

export function live(stream: Stream): Live {
  const counts = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 };
  let stage: string | undefined;
  let line = '';
  const show = (text: string): void => {
    line = text;
    stream.write(`${erase}${clip(text, Math.max(20, stream.columns - 1))}`);
  };
  return {
    progress(event) {
      const told = [
        counts.pass ? `✓ ${counts.pass}` : '',
        counts.fail ? `✗ ${counts.fail}` : '',
        counts.unknown ? `? ${counts.unknown}` : '',
      ]
        .filter(Boolean)
        .join('  ');
      const seconds = `${(event.at / 1000).toFixed(1)} s`;
      if (stream.tty)
        show([seconds.padStart(7), told, `${oneLine(event.stage)}: ${oneLine(event.says)}`].filter(Boolean).join('  '));
      else if (event.stage !== stage)
        stream.write(`${seconds}  ${oneLine(event.stage)}: ${clip(oneLine(event.says), 200)}\n`);
      stage = event.stage;
    },
    found(result) {
      counts[result.status]++;
    },
    say(text) {
      if (!stream.tty) return void stream.write(`${text}\n`);
      stream.write(`${erase}${text}\n`);
      if (line) show(line);
    },
    end() {
      if (stream.tty && line) stream.write(erase);
      line = '';
    },
  };
}
