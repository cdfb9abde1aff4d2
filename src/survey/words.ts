/**
 * What controls are called, as data: English, Spanish, German, French, Portuguese here, ten more languages beside it. Structure comes first; words only
 * weigh where structure leaves a choice. Matched against lower-case names without accents.
 */
import { logOutWords } from '../model/log-out.ts';
import { moreWords } from './words-of-more-languages.ts';

const w = (list: string): RegExp => new RegExp(`(^|[^\\p{L}])(${list})($|[^\\p{L}])`, 'u');

/** Lower case, without accents. */
export const flat = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ıłßø]/g, (c) => ({ ı: 'i', ł: 'l', ß: 'ss', ø: 'o' })[c] ?? c);

const lexicon = {
  signUp: w(
    'sign ?up|register|registration|create (an |your |my |new )?account|join( now| us| free)?|get started|new account|registr(arse|ate|ese|o|ar|e)|regist(e|ar)|inscrivez|pas encore de compte|noch kein konto|no tienes (una )?cuenta|nao tem (uma )?conta|don.t have an account|no account yet|crear (una )?cuenta|registrieren|konto (erstellen|anlegen)|neues konto|s.inscrire|inscription|creer (un |mon )?compte|cadastr(ar|e|o)( se)?|criar (uma )?conta|inscrever',
  ),
  logIn: w(
    'log ?in|sign ?in|anmelden|einloggen|login|iniciar sesion|entrar|acceder|ingresar|connexion|se connecter|connecter|connectez|acessar',
  ),
  logOut: w(`${logOutWords}|leave|quit`),
  create: w(
    'new|create|add|compose|write|post|plus|\\+|＋|start a|nueva?o?|crear|anadir|agregar|neue?[rsnm]?|erstellen|anlegen|hinzufugen|nouve(au|lle|l)|creer|ajouter|nova?o?|criar|adicionar|publish|schreiben|escribir|ecrire|escrever',
  ),
  save: w(
    'save|create|add|post|send|submit|publish|ok|done|confirm|book|share|update|apply|store|guardar|crear|anadir|agregar|enviar|publicar|speichern|erstellen|anlegen|hinzufugen|senden|absenden|veroffentlichen|enregistrer|creer|ajouter|envoyer|publier|salvar|gravar|criar|adicionar|reply|comment|continue|next|weiter|suivant|siguiente|continuar|seguinte|proximo|avancar|continuer|finish',
  ),
  cancel: w(
    'cancel|close|dismiss|back|discard|x|×|✕|not now|later|abbrechen|schliessen|zuruck|cancelar|cerrar|volver|annuler|fermer|retour|fechar|voltar|no thanks|skip|reset|clear|uberspringen|passer|omitir|pular',
  ),
  edit: w(
    'edit|rename|modify|change|update|pencil|bearbeiten|andern|umbenennen|editar|modificar|renombrar|cambiar|modifier|renommer|alterar|✎|✏|✏️',
  ),
  remove: w(
    'delete|remove|trash|bin|discard|destroy|loschen|entfernen|eliminar|borrar|quitar|supprimer|effacer|retirer|excluir|apagar|remover|🗑|🗑️|delete for good|×|✕|✖|x',
  ),
  archive: w('archive|archivar|archivieren|archiver|arquivar'),
  confirm: w(
    'yes|ok|delete|confirm|remove|sure|continue|ja|loschen|si|eliminar|oui|supprimer|confirmer|sim|excluir|apagar|confirmar|bestatigen|borrar|archive',
  ),
  menu: w(
    'more|menu|options|actions|⋮|⋯|…|\\.\\.\\.|mehr|plus d.options|mas|mais|opciones|aktionen|opcoes|ellipsis|dots',
  ),
  manage: w(
    'configure|configuration|manage|settings?|details?|view|open|show|verwalten|einstellungen|anzeigen|offnen|gestionar|configurar|ver|abrir|gerer|configurer|voir|ouvrir|gerenciar|detalhes|detalles',
  ),
  search: w(
    'search|filter|find|query|such(e|en)|filtern?|buscar|busqueda|filtrar|recherche(r)?|chercher|filtrer|pesquisar|busca|procurar|lookup|sort',
  ),
  newsletter: w('newsletter|subscribe|abonnieren|suscrib(ir|ete)|abonner|assinar|inscreva'),
  contact: w('contact( us)?|get in touch|kontakt|contacto|contactez|contato|support request|feedback'),
  settings: w(
    'settings?|preferences?|profile|account|einstellungen|profil|ajustes|configuracion|perfil|cuenta|parametres|compte|configuracoes|conta|konto',
  ),
  members: w(
    'users?|members?|people|team|staff|employees?|accounts|benutzer(verwaltung)?|nutzer|mitglieder|mitarbeiter(innen)?|konten|usuarios|miembros|empleados|equipo|cuentas|utilisateurs|membres|employes|equipe|comptes|membros|funcionarios|contas',
  ),
  title: w(
    'title|name|subject|task|todo|what needs|headline|heading|item|company|customer|project|product|note|recipe|card|event|topic|titel|aufgabe|bezeichnung|betreff|nombre|titulo|tarea|asunto|nom|titre|tache|sujet|intitule|nome|tarefa|assunto|projekt|eintrag',
  ),
  personName: w(
    '(display |your |full |first |last |user ?)?name|nick(name)?|handle|who are you|anzeigename|benutzername|vorname|nachname|nombre( de usuario)?|apellido|nom|prenom|pseudo|nome( de usuario)?|apelido|usuario|user',
  ),
  enter: w(
    'join|enter|start|continue|go|let.s go|beitreten|eintreten|los|unirse|entrar|rejoindre|entrer|participar|chat',
  ),
  demo: w('demo|guest|try( it)?( out)?|sample|gast|invitado|invite|convidado|explore|without (an )?account'),
  danger: w(
    'pay|payment|checkout|buy|purchase|invite|upgrade|billing|bezahlen|kaufen|pagar|comprar|payer|acheter|unsubscribe|deactivate|delete account|close account|reset|wipe|clear all|delete all|import|export|download|print|share|email|send invite|block|ban|report',
  ),
  terms: w(
    'terms|agree|accept|privacy|conditions|agb|bedingungen|datenschutz|zustimm\\p{L}*|terminos|condiciones|acepto|privacidad|j.accepte|termos|aceito|concordo',
  ),
  consent: w(
    'accept( all)?|agree|got it|allow( all)?|reject( all)?|ok|understood|verstanden|akzeptieren|ablehnen|aceptar|rechazar|accepter|refuser|aceitar|recusar|dismiss|close|only necessary|necessary only',
  ),
  /** Where what was taken, liked or booked is kept. */
  keeping: w(
    'cart|basket|bag|trolley|wish ?list|favou?rites|saved|bookmarks|my (list|events|courses|classes|bookings|reservations|plan|library)|bookings|reservations|watchlist|warenkorb|merkliste|wunschliste|favoriten|buchungen|carrito|cesta|favoritos|reservas|panier|favoris|reservations|carrinho|sacola',
  ),
  code: w('code|otp|pin|verification|token|invite code|access code|team code'),
  status: w(
    'status|state|stage|column|list|priority|move( to)?|move|phase|progress|spalte|stufe|verschieben|estado|etapa|mover|etat|statut|deplacer|colonne|situacao|fase|done|complete|erledigt',
  ),
  /** A box that chooses rows for what is done to many at once. */
  choose: w(
    'select(ed)?( all| row)?|choose|pick|bulk|_selected_action|auswahl(en)?|markieren|selecc?ionar|seleccion|selection(ner)?|choisir|escolher|marcar',
  ),
  transition: w(
    'close (?!menu|dialog|modal|window|panel|sidebar)\\p{L}+( \\p{L}+)*|reopen|complete|mark|resolve|finish|(de)?activate|enable|disable|pause|resume|(un)?publish|abschliessen|erledigen|(de)?aktivieren|veroffentlichen|completar|(des)?activar|terminar|cerrar \\p{L}+|concluir|(des)?ativar|terminer|cloturer|(des)?activer|publicar|publier',
  ),
};

/** Scripts that part no words. */
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const more = new Map(
  Object.entries(moreWords).map(([kind, list]) => {
    const words = list.split('|');
    const anywhere = words.filter((word) => unparted.test(word)).map(flat);
    const parted = words.filter((word) => !unparted.test(word)).map(flat);
    return [kind, new RegExp(`${anywhere.join('|')}|${w(parted.join('|')).source}`, 'u')];
  }),
);

export type Word = keyof typeof lexicon;
const acting = [
  'save',
  'create',
  'cancel',
  'edit',
  'remove',
  'archive',
  'transition',
  'confirm',
  'danger',
  'logIn',
  'logOut',
  'signUp',
  'menu',
  'search',
] as const;
/** Is it called as what does something, to the record, to others or to all? */
export const acts = (name: string): boolean => acting.some((kind) => says(kind, name));
/** Does the text hold a word of this kind, in any language that is known? */
export const says = (kind: Word, text: string): boolean => {
  const plain = flat(text);
  return lexicon[kind].test(plain) || (more.get(kind)?.test(plain) ?? false);
};

/** What pays, or writes to others, by the word that it begins with; of a name that is flat. */
export const outward =
  /^\W*(pay|buy|purchase( now)?$|check ?out|(re)?send (an )?invit\w*|invite|place order|order now|donate|spenden|zahlungspflichtig|commander|pedir|bezahlen|kaufen|einladen|pagar|comprar|invitar|convidar|payer|acheter|inviter|invita|zaplac|uitnodigen)\b/;

/** Visible words that say where the data lives or who sees it. */
export const toldLocal =
  /(saved|stored|kept|lives?|stays?|data)[^.]{0,40}\b(only )?(on|in) (this|your) (device|browser|computer)|(saved|stored|kept) locally|never leaves (this|your) (device|browser)|local[- ]only|nothing is sent to a server|no server|offline[- ]first app without|nur (auf|in) (diesem|deinem) (ger[aä]t|browser)|solo en este (dispositivo|navegador)|uniquement (sur|dans) (cet appareil|ce navigateur)|apenas neste (dispositivo|navegador)/i;
export const toldShared =
  /(everyone|everybody|all members|every member|the whole team|your team|anyone)[^.]{0,40}\b(sees?|edits?|can see|can edit|shares?)|shared (with|by|board|workspace|list|space)|alle (mitglieder )?sehen|visible (to|for) (everyone|all)|public (feed|board|timeline)/i;
/** Credentials that a page shows: "demo@example.com / demo1234", "Email: a@b.c Password: xyz". */
export const shownCredentials = [
  /([\w.+-]+@[\w-]+\.[\w.]+)\s*(?:\/|\||:|,|–|—|-|and|with|und|y|et|e)\s*(?:password|passwort|pass|pw|contrase[nñ]a|mot de passe|senha)?\s*:?\s*([^\s,;)(“”"'`]{3,40})/i,
  /(?:e-?mail|user(?:name)?|login|benutzer|usuario|utilisateur)\s*(?::\s*|\s(?=\S*@))([\w.+@-]{3,60})\s+(?:password|passwort|pass|pw|contrase[nñ]a|mot de passe|senha)\s*:?\s*([^\s,;)(“”"'`]{3,40})/i,
  /(?:demo|test|default|sample|guest)[^.:\n]{0,30}:\s*([\w.+@-]{3,60})\s*(?:\/|\||:)\s*([^\s,;)(“”"'`]{3,40})/i,
];
/** Options of a choice that choose nothing. */
export const placeholderOption = (text: string): boolean =>
  /^(\s*|-+.*|—.*|select\b.*|choose\b.*|please\b.*|pick\b.*|w[aä]hlen.*|bitte.*|auswahl.*|seleccion.*|elige.*|elegir.*|choisi.*|s[eé]lection.*|selecion.*|escolh.*|none|any|all)$/i.test(
    text.trim(),
  );
