import { flat } from '../words.ts';

/** Whole names of what is done without words, in fifteen languages, as patterns of names without accents and numbers. */
const names = {
  /** Puts what is there already into a basket, a list or a plan of one's own. */
  take: [
    '(add|put|save|place)( (it|this|[^ ]+( [^ ]+){0,3}))? (to|in|into) (my |the |your )?(cart|basket|bag|trolley|wish ?list|favou?rites|plan|playlist|queue|watchlist)',
    '([^ ]+( [^ ]+){0,3} )?(in den warenkorb|zur (wunsch|merk)liste|zum warenkorb)( (legen|hinzufugen))?',
    '(anadir|agregar|adicionar|ajouter)( [^ ]+){0,4} (al|a la|a mi|ao|a minha|a|au) (carrito|cesta|lista|carrinho|sacola|panier|favoritos|favoris|liste)',
    'aggiungi al carrello|aggiungi alla lista|in winkel(wagen|mand)|toevoegen aan (winkelwagen|lijst)|(dodaj )?do (koszyka|listy)|(добавить )?в (корзину|список)|(sepete|listeye) ekle',
    '(加入|添加到|放入)(购物车|購物車)|カートに(入れる|追加)(する)?|장바구니(에)? ?담기|कार्ट में (डालें|जोड़ें)|(أضف|اضف) (إلى|الى) السلة',
  ],
  /** Says that one likes, wants or follows what is there. */
  like: [
    'likes?|love|heart|upvote|up vote|vote|vote up|thumbs ?up|favou?rite|bookmark|save for later|wish ?list|follow|♥|♡|❤|❤️|🤍|👍|🔖',
    'gefallt mir|merken|abstimmen|stimme abgeben|me gusta|votar|guardar para despues|seguir|j.aime|aimer|voter|suivre|curtir|gostei|mi piace|vota|segui|vind ik leuk|stem(men)?|volgen',
    'lubie to|glosuj|obserwuj|нравится|голосовать|в избранное|begen|oy ver|favorilere ekle|takip et|点赞|喜欢|收藏|投票|关注|いいね|お気に入り(に追加)?|投票する|フォロー(する)?|좋아요|투표|찜하기|팔로우|पसंद|वोट|إعجاب|اعجبني|تصويت|متابعة',
  ],
  /** Takes a place in what is there. */
  attend: [
    'book|book now|(book|reserve) (a |my )?(seat|place|spot|table|slot)|reserve|rsvp|attend|enrol|enroll|i.?m going|join (this |the )?(event|class|course|group|session|game|trip)',
    'buchen|reservieren|teilnehmen|reservar|apuntarme|asistir|inscribirme|reserver|participer|participar|inscrever-se|prenota|partecipa|boeken|reserveren|deelnemen|zarezerwuj|wez udzial',
    'забронировать|записаться|участвовать|rezervasyon yap|katil|预订|预约|报名|参加|予約する|参加する|예약|참가|신청|बुक करें|शामिल हों|احجز|شارك',
  ],
  /** Adds one to a number. */
  count: [
    '\\+|increment|increase|count up|add one|hochzahlen|incrementar|incrementer|sumar|somar|aumenta|incrementa|verhogen|zwieksz|увеличить|artir|增加|加一|増やす|증가|बढ़ाएं|زيادة',
  ],
  /** What a box, or a choice, in a row says of the row. */
  done: [
    'done|completed?|finished|(mark|toggle|check off) .*|packed|bought|checked|status|state|stage|progress|erledigt|fertig|abgehakt|stufe|hecho|completad[oa]|terminad[oa]|estado|etapa|fait|termine|statut|feito|concluid[oa]|situacao',
    'fatto|completat[oa]|stato|gedaan|voltooid|gotowe|zrobione|status|готово|сделано|выполнено|статус|tamam(landi)?|yapildi|durum|完成|已完成|状态|完了|状態|완료|상태|पूरा|स्थिति|تم|منجز|الحالة',
  ],
} as const;

export type Called = keyof typeof names;

const patterns = Object.fromEntries(
  Object.entries(names).map(([kind, lists]) => [kind, new RegExp(`^(${flat(lists.join('|'))})$`, 'u')]),
) as Record<Called, RegExp>;

/**
 * Is it called so, as a whole? A number may stand with it (“Vote (3)”), and what it is about behind it (“Done: the dishes”, “Vote for this”);
 * “Book club” and “Follow-up” are called something else.
 */
export function isCalled(kind: Called, text: string): boolean {
  const plain = flat(text)
    .replace(/[([{]?(?<!\p{L})\d+([.,]\d+)*[)\]}]?/gu, ' ')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length > 60 || /[?¿]/.test(plain)) return false;
  const [name = plain] = plain.split(/\s*[:–—]\s|\s+(?:for|on|this|it|now|fur|para|pour)(?!\p{L})/u);
  // “Vote!”, “🛒 Add to cart →”
  const bare = name.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [name, plain, bare].some((one) => one !== '' && patterns[kind].test(one));
}
