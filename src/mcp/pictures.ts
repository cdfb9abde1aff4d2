import type { ImageContent } from '@modelcontextprotocol/sdk/types.js';
import type { ReportInput } from '../report/reports.ts';

/** Bytes of all together: what a client takes into its context. */
const most = { pictures: 4, bytes: 1_500_000 };

/** The pictures of these events, each once, from the run's blobs. */
export function pictures(
  { blobs }: ReportInput,
  evidence: readonly { readonly pictures: readonly string[] }[],
): ImageContent[] {
  const names = [...new Set(evidence.flatMap((one) => one.pictures))].slice(0, most.pictures);
  let left = most.bytes;
  return names.flatMap((name) => {
    const bytes = blobs?.(name);
    if (!bytes || bytes.length > left) return [];
    left -= bytes.length;
    return [{ type: 'image', data: Buffer.from(bytes).toString('base64'), mimeType: 'image/png' }];
  });
}
