/** Pages that a source has, by its files and by the addresses that its code declares. Those with a parameter are left out. */
import type { ChartedPage, SourceFile } from '../chart.ts';
import { byFile, type Packages } from './pages-by-file.ts';
import { declared } from './pages-declared.ts';
import { languageOf } from './shapes.ts';
import { type Code, codeOf } from './text.ts';

/** What nobody goes to just to look: what takes away, ends, fills or sends. */
const never =
  /(^|[/_.#-])(delete|remove|destroy|drop|purge|wipe|truncate|flush|clear\w*|(log|sign)[-_]?(out|off)|exit|quit|reset|seed\w*|reseed|populate|generate\w*|sample|dummy|mock|fixtures?|init|install|setup|migrate|restore|backup|restart|shutdown|kill|stop|cron|webhooks?|callback|export|download|api|debug|test|revoke|deactivate|unsubscribe|cancel|impersonate|approve|reject|archive|toggle|confirm|verify|activate|pay|payment|checkout|purchase|buy|invite\w*|import|e-?mail|broadcast|newsletter|notify|ban|block|send|sync|loeschen|abmelden|eliminar|borrar|salir|supprimer|deconnexion|excluir|sair)(?=$|[/_.#?-])/i;
/** Verbs that act at once, with whatever stands behind them. */
const actsAtOnce =
  /(^|[/_.#-])((delete|remove|reset|drop|erase|empty|purge|send|init|complete|publish|expire|charge|process|run|exec)\w*|del|vote|subscribe|sms|create[-_]?(db|database|all|tables?|admins?|users?|symlink\w*))(?=$|[/_.#?-])/i;
/** A handler of GET alone that writes is no page to look at. */
const writesAtOnce =
  /\bINSERT\s+INTO\b|\bUPDATE\s+\S+\s+SET\b|\bDELETE\s+FROM\b|\b(DROP|CREATE|TRUNCATE)\s+TABLE\b|Artisan::|::create\(|->(delete|save|update|create)\(|session\.(clear|destroy|commit|delete)\b|drop_all\(|create_all\(/i;
const asksForPost = /POST|validate_on_submit|is_submitted|export const actions/;
const makes =
  /(^|[/_.-])(new|create|add|compose|write|post|submit|register-\w+|nueva?o?|crear|agregar|neu|anlegen|erstellen|nouveau|nouvelle|creer|ajouter|nova?o?|criar|adicionar)(?=$|[/_.-])/i;
const opensDoors =
  /(^|[/_.-])(log-?in|sign-?in|sign-?up|register|auth|forgot\w*|password|oauth|sso|verify)(?=$|[/_.-])/i;
const tellsOnly =
  /(^|[/_-])(about|contact|privacy|terms|legal|faq|help|docs?|search|settings|profile|account|404|500|error)(?=$|[/_.-])/i;
const writes =
  /<form\b(?![^>]*method=["']get)|<Form\b|useForm\b|onSubmit|@submit|v-on:submit|ngSubmit|use:enhance|useActionState|useFormState|useMutation|method\s*:\s*["']POST|\.post\(|export const actions|formAction|form\.validate_on_submit|(Create|Form)View\b/i;
const brings = /import[^;\n]*\b\w*(Form|Editor|Composer|Dialog|Modal)\b/;

/** The likeliest first, each once. */
export function pagesIn(files: readonly SourceFile[]): ChartedPage[] {
  const codes = files.map(({ path, text }): { path: string; code: Code } => ({
    path,
    code: codeOf(text, languageOf(path)),
  }));
  const packages: Packages = new Map(
    files.flatMap(({ path, text }) =>
      /(^|\/)package\.json$/.test(path) ? [[path.replace(/\/?package\.json$/, ''), text]] : [],
    ),
  );
  const found = new Map<string, ChartedPage>();
  for (const told of [...byFile(codes, packages), ...declared(codes)]) {
    const address = clean(told.address);
    if (address === undefined || (writesAtOnce.test(told.shows) && !asksForPost.test(told.shows))) continue;
    const page = { address, likely: likely(address, told.shows), where: told.where };
    if ((found.get(address)?.likely ?? -1) < page.likely) found.set(address, page);
  }
  return [...found.values()].sort((a, b) => b.likely - a.likely || (a.address < b.address ? -1 : 1));
}

/** As one would type it; undefined where it has a parameter, or must not be opened. */
function clean(address: string): string | undefined {
  const plain = `/${address}`.replace(/\/{2,}/g, '/');
  return /^\/[\w/.~#-]*$/.test(plain) &&
    !never.test(parted(plain)) &&
    !actsAtOnce.test(parted(plain)) &&
    plain.length < 120
    ? plain
    : undefined;
}
/** addTask is called as add-task is. */
const parted = (address: string): string => address.replace(/([a-z])([A-Z])/g, '$1-$2');

function likely(address: string, shows: string): number {
  const sum =
    0.15 + (makes.test(parted(address)) ? 0.45 : 0) + (writes.test(shows) ? 0.3 : brings.test(shows) ? 0.2 : 0);
  const rarely = opensDoors.test(address) ? 0.1 : tellsOnly.test(address) ? 0.3 : 1;
  return Math.round(sum * rarely * 100) / 100;
}
