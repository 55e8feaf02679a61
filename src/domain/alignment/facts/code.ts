import { type Extract, type Fact, pattern, wordFact } from './fact.js';

/** `Code: SPRING25`, `with the promo code "SPRING25"`. */
const AFTER_WORD = pattern(
  String.raw`(?<!\p{L})(?:(?:promo|discount|voucher|coupon|offer|gutschein|rabatt|aktions|vorteils|promotion|bonus)?-?\s?codes?(?:wort)?|passwort|keyword|stichwort|kennwort)(?:\s(?:is|lautet|ist|eingeben|word|name|of|namens))?[\s:"'(>*=]{1,6}(?<code>[\p{L}\d][\p{L}\d_-]{2,24})`,
);
/** `Code: spring`, in whatever case. */
const AFTER_COLON = pattern(
  String.raw`(?<!\p{L})(?:\p{L}*-?)codes?\s?[:=]\s?["'*]?(?<code>[\p{L}\d][\p{L}\d_-]{3,24})(?![\p{L}\d])`,
);
/** `SPRING25 at checkout`, `SPRING25 eingeben`. */
const BEFORE_PLACE = pattern(
  String.raw`(?<![\p{L}\d])["'*]?(?<code>[A-ZÄÖÜ\d][A-ZÄÖÜ\d_-]{3,24})["'*]?\s(?:at (?:the )?checkout|im (?:warenkorb|checkout)|an der kasse|in your (?:basket|cart)|as (?:your )?(?:promo |discount |voucher )?code|als (?:\p{L}*)code|eingeben|=)`,
);
/** `with SPRING25`: letters and digits, as nothing else is written. */
const AFTER_USE =
  /(?<!\p{L})(?:(?:[Uu]se|[Ee]nter|[Aa]pply|[Qq]uote|[Tt]ype|[Nn]utze[nt]?|[Vv]erwende[nt]?)\s["'*]?(?<code>\p{Lu}{3,20}-?\d{1,4})|(?:[Ww]ith|[Uu]sing|[Mm]it|[Pp]er)\s["'*]?(?<weak>\p{Lu}{4,20}-?\d{1,4}))(?![\p{L}\d])/gu;
/** A code has capitals or digits: `code at checkout` names none. */
const LOOKS_LIKE_CODE = /^(?=.*[\p{Lu}\d])(?:[\p{Lu}\d_-]+|[\p{L}_-]*\d[\p{L}\d_-]*)$/u;
const NO_CODE = /^(?:AT|IM|IN|AN|AND|UND|FOR|FÜR|THE|DER|DIE|DAS|QR|NOW|JETZT|ONLINE)$/iu;

/** What to type in at the checkout. */
export const codes: Extract = (reading) => {
  const found = new Map<number, Fact>();
  for (const way of [AFTER_WORD, BEFORE_PLACE, AFTER_USE, AFTER_COLON]) {
    for (const match of reading.text.matchAll(way)) {
      const code = (match.groups?.['code'] ?? match.groups?.['weak'] ?? '').replace(/[-_]+$/, '');
      if (
        (way !== AFTER_COLON && !LOOKS_LIKE_CODE.test(code)) ||
        NO_CODE.test(code) ||
        /^\d{1,2}$/.test(code)
      )
        continue;
      const start = match.index + match[0].lastIndexOf(code);
      found.set(start, wordFact('code', code.toUpperCase(), reading.source(start, start + code.length)));
    }
  }
  return [...found.values()];
};
