import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { oneLine } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import { type Long, text } from './answers.ts';
import type { Desk, Stored } from './desk.ts';
import { recipeOf, step } from './steps.ts';
import { digest } from './words.ts';

/** The tool for apps in which the survey finds no way. `trusted`: a script may be given, which is code that runs here. */
export function registerProposing(server: McpServer, desk: Desk, long: Long, { trusted }: { trusted: boolean }): void {
  server.registerTool(
    'propose_recipe',
    {
      description:
        'Where the survey found no way in or no way to write a record: gives it one and surveys the app with it. It is kept while this server runs; the answer says how to keep it for good.',
      inputSchema: {
        url: z.string().optional().describe('address of the app; else `target` of plummet.config.ts'),
        does: z.enum(['logIn', 'create', 'edit', 'delete']),
        steps: z.array(step).min(1).max(60).optional(),
        ...(trusted
          ? {
              script: z
                .string()
                .max(100_000)
                .optional()
                .describe(
                  "as Playwright's codegen records it for Playwright Test; what is typed first becomes the mark",
                ),
            }
          : {}),
        record: z
          .string()
          .optional()
          .describe('of a script for edit or delete: the text of the record in the recording'),
      },
      outputSchema: {
        found: z.boolean(),
        door: z.string(),
        writes: z.string().optional(),
        tried: z.array(z.string()),
        run: z.string(),
        keep: z.string(),
      },
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    ({ url: address, does, steps, record, ...rest }, extra) =>
      long(extra, async (call) => {
        const script = 'script' in rest && typeof rest.script === 'string' ? rest.script : undefined;
        if ((steps === undefined) === (script === undefined))
          throw new Failure('E_USAGE', `Give ${trusted ? 'either steps or a script' : 'steps'}.`);
        const recipe = script === undefined ? recipeOf(steps ?? []) : await desk.recorded(script, record);
        return proposed(await desk.survey(address, { [does]: recipe }, call), does);
      }),
  );
}

function proposed(stored: Stored, does: string): CallToolResult {
  const { facts } = stored.run;
  const learned = { logIn: facts.door.logIn, create: facts.record?.create, edit: facts.edit, delete: facts.delete }[
    does
  ];
  const found = learned?.given === true;
  const keep = `Keep it in plummet.config.ts: recipes: { ${does}: … }, as a function (page, values), or recorded('${does}.spec.ts') of a codegen script.`;
  const short = digest(stored);
  const told = {
    found,
    door: oneLine(facts.door.says),
    ...(facts.record ? { writes: `${facts.record.kind}: ${oneLine(facts.record.says)}` } : {}),
    tried: facts.tried.map(oneLine),
    run: short.run,
    keep,
  };
  const words = found
    ? `It works. ${keep}`
    : `It did not lead there. Tried: ${told.tried.slice(-6).join('; ') || 'nothing else'}.`;
  return {
    ...text(`${words}\nThe way in: ${told.door}${told.writes ? `\nWrites: ${told.writes}` : ''}`),
    structuredContent: told,
  };
}
