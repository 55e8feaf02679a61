import type { Extract } from './fact.js';
import { said, sayings } from './saying.js';

/** What the reader is asked to do. */
const REQUESTS = sayings({
  buy: [
    String.raw`(?:shop|buy|order|grab|get yours|snap up|stock up|purchase|add to (?:cart|basket|bag))(?: (?:now|today|online|yours|here|yours now|yours today|it now|the sale|the collection|in store|your\p{L}*|while))?`,
    String.raw`(?:jetzt|gleich|hier|heute noch|sofort|online|direkt) (?:[\p{L}-]+ ){0,4}?(?:kaufen|bestellen|shoppen|zugreifen|zuschlagen|einkaufen|(?<!platz |plätze |ticket |tickets )sichern|ordern|mitnehmen)`,
    String.raw`(?:kaufen|bestellen|greifen|schlagen) sie`,
    String.raw`(?:bestell|kauf|shoppe?|greif|schlag|hol) (?:jetzt|gleich|zu|dir|heute|online|noch heute|dein\p{L}*|euch)`,
    String.raw`(?:bestellt|kauft|shoppt) (?:jetzt|gleich|heute|online)`,
    'zum (?:shop|angebot|sale)',
    'in den warenkorb',
  ],
  demo: [
    String.raw`(?:book|request|schedule|get|arrange|see|watch) (?:a|your|the)?\s?(?:free |personal |live |\d+-minute )*(?:product )?demo\p{L}*`,
    String.raw`(?:live-?|produkt-?)?demo (?:buchen|anfordern|vereinbaren|anfragen|sichern)`,
    String.raw`(?:buche\p{L}*|vereinbare\p{L}*|fordere\p{L}*)\s(?:\p{L}+\s){0,4}(?:live-?|produkt-?)?demo\p{L}*`,
  ],
  'try it': [
    String.raw`(?:start|begin|get|claim|activate) (?:a|your|the)?\s?(?:free |\d+-day |no-obligation )*trial`,
    String.raw`try (?:it |us )?(?:now |today )?(?:for )?free`,
    String.raw`try (?:it|\p{Lu}\p{L}+) (?:free|now|today)`,
    String.raw`(?:jetzt |gratis |kostenlos |unverbindlich |\d+ tage (?:lang )?)+(?:testen|ausprobieren|probieren)`,
    String.raw`(?:teste|testen sie|probiere|probieren sie)\s(?:\p{L}+\s){0,3}(?:kostenlos|gratis|unverbindlich|\d+)`,
    String.raw`(?:kostenlose\p{L}*|gratis) (?:testphase|testversion|probe\p{L}*) (?:starten|sichern)`,
  ],
  subscribe: [
    String.raw`subscribe(?: now| today| here| to)?`,
    String.raw`sign up (?:for|to) (?:our |the )?newsletter`,
    String.raw`(?:newsletter )?(?:jetzt )?abonnieren`,
    String.raw`(?:zum|für (?:den|unseren)) newsletter (?:jetzt |kostenlos )?(?:anmelden|registrieren|eintragen)`,
    String.raw`melde\p{L}* (?:dich|sie sich|euch) (?:jetzt |gleich |hier )*(?:zum|für (?:den|unseren)) newsletter`,
    String.raw`(?:abonniere|abonnieren sie)`,
  ],
  register: [
    String.raw`(?:register|sign up|save your (?:seat|spot|place)|reserve your (?:seat|spot|place)|secure your (?:seat|spot|place)|join (?:the|our) webinar|rsvp|enrol(?:l)?|book your (?:place|seat|spot))(?: (?:now|today|here|free|for free))?`,
    String.raw`(?:jetzt |gleich |hier |kostenlos |online )*(?:anmelden|registrieren|einschreiben)`,
    String.raw`(?:melde\p{L}*|registriere\p{L}*|meldet) (?:dich|sie sich|euch|sich)`,
    String.raw`(?:platz|plätze|teilnahme|ticket) (?:jetzt )?(?:sichern|reservieren)`,
    String.raw`(?:sichere|sichern sie|reserviere|reservieren sie)\s(?:dir |sich |jetzt |deinen |ihren |einen )*platz`,
  ],
  download: [
    String.raw`download(?: (?:the|your|our|it|now|a|free)(?! of))?`,
    String.raw`get (?:the|your|our|a) (?:free )?(?:\p{L}+ )?(?:app|guide|e-?book|white ?paper|brochure|report|checklist|catalog\p{L}*|template\p{L}*|pdf)`,
    String.raw`(?:jetzt |gratis |kostenlos |hier )*(?:herunterladen|downloaden|runterladen)`,
    String.raw`(?:lade\p{L}*|ladet)\s(?:[\p{L}-]+\s){0,10}herunter`,
  ],
  call: [
    String.raw`(?:call|phone|ring) (?:us|now|today)`,
    String.raw`(?:call|phone|ring|text)(?: on| at)? (?=[+(]?\d)`,
    'give us a (?:call|ring)',
    String.raw`(?:call|ring|phone) your (?:\p{L}+ ){0,3}(?:branch|shop|store|dealer|advis[eo]r|agent|team)`,
    String.raw`(?:jetzt |gleich )?(?:anrufen|rufen sie|ruf)(?: uns| an| jetzt)*`,
  ],
  visit: [
    String.raw`(?:visit (?:us|our (?:store|shop|showroom|stand|booth|branch|nursery|restaurant|studio))|drop (?:by|in)|stop by|pop in|come (?:in|by|along|and see|visit))`,
    String.raw`(?:(?:besuche\p{L}*|besucht) (?:uns|sie uns|unser\p{L}*)|vorbeikommen|komm\p{L}* (?:sie )?(?:einfach |gerne |doch |bei uns )*vorbei|schau\p{L}* (?:sie )?(?:einfach |gerne |doch |bei uns )*vorbei)`,
  ],
  'get in touch': [
    String.raw`(?:contact (?:us|sales)|get in touch|talk to (?:us|sales|an expert|our team|an adviser|an advisor)|speak to (?:us|an expert|an adviser|an advisor|our team)|email us|write to us|(?:book|arrange|make) (?:an?|your) (?:free )?(?:consultation|call|appointment|viewing|fitting|visit))`,
    String.raw`(?:kontaktier\p{L}*|sprich\p{L}* (?:sie )?(?:mit )?uns|sprechen sie (?:mit )?uns|schreib\p{L}* (?:sie )?uns|(?:beratungs)?termin (?:vereinbaren|buchen|sichern)|beratung (?:anfordern|buchen|vereinbaren)|(?:vereinbare\p{L}*|buche\p{L}*)\s(?:\p{L}+\s){0,4}(?:beratung\p{L}*|(?:beratungs)?termin))`,
  ],
  'get a quote': [
    String.raw`(?:get|request) (?:a|your|my)\s?(?:free |personal )*quote`,
    String.raw`(?:angebot|offerte) (?:anfordern|einholen|berechnen)`,
    String.raw`(?:beitrag|tarif|prämie) (?:jetzt |online )*(?:berechnen|rechnen)`,
  ],
  book: [
    String.raw`(?:book|reserve) (?:now|today|online|early|here|a table|your (?:table|holiday|trip|room|stay|flight|getaway|break|cabin|ticket\p{L}*)|tickets|direct\p{L}*)`,
    String.raw`(?:jetzt |gleich |online |direkt |heute noch )+(?:buchen|reservieren)`,
    String.raw`(?:tisch|zimmer|reise|urlaub|tickets?) (?:jetzt |online )*(?:buchen|reservieren|sichern)`,
    String.raw`(?:buche|buchen sie|reserviere|reservieren sie|bucht)`,
  ],
  donate: [
    String.raw`(?:donate|give) (?:now|today|online|here|what you can|generously)`,
    String.raw`(?:make|send) (?:a|your) donation`,
    String.raw`(?:jetzt |online |hier )*spenden(?: sie)?(?= |$|[!.])`,
    String.raw`spende (?:jetzt|heute|online)`,
  ],
  volunteer: [
    'volunteer (?:now|today|with us)',
    String.raw`(?:jetzt )?(?:mithelfen|ehrenamtlich helfen|freiwillige\p{L}* werden)`,
  ],
  apply: ['apply (?:now|today|online|here)', String.raw`(?:jetzt |online )+bewerben`],
  watch: [
    String.raw`watch (?:the|our) (?:video|film|recording|replay|demo video)`,
    'jetzt (?:video )?ansehen',
  ],
  'take part': [
    String.raw`enter (?:now|today|the (?:draw|competition|raffle)|to win)`,
    String.raw`(?:jetzt )?(?:mitmachen|teilnehmen) und gewinnen`,
    'am gewinnspiel teilnehmen',
  ],
  'test drive': [
    String.raw`(?:book|arrange|take) (?:a|your) (?:free )?test drive`,
    String.raw`probefahrt (?:jetzt )?(?:buchen|vereinbaren)`,
  ],
  join: [
    String.raw`join (?:now|today|us today|free)|become a (?:member|supporter|friend)`,
    String.raw`(?:jetzt )?mitglied werden|jetzt beitreten`,
  ],
  petition: ['sign (?:the|our) petition', 'petition (?:jetzt )?unterschreiben'],
  read: [String.raw`read (?:the|our) (?:full |new )?(?:report|story|article|blog)`],
  listen: [String.raw`listen (?:now|to (?:the|our) (?:podcast|episode))`, 'jetzt (?:rein|an)hören'],
  renew: ['renew (?:now|today|online|your \\p{L}+)', 'jetzt verlängern'],
  vote: ['vote (?:now|today|here)', 'jetzt abstimmen'],
});

/** Where the same words ask for nothing: `when you order`, `your order`. */
const REQUEST_BEFORE =
  /(?<!\p{L})(?:when you|if you|who|they|wenn (?:sie|du)|we|wir|to|can|you|und|free|i|who|orders?|last|final|every|each|your|our|first|next|any|an?|the|of|this|all|per|my|most)\s*$/iu;

export const requests: Extract = (reading) =>
  said('call-to-action', REQUESTS, reading, (lead) => !REQUEST_BEFORE.test(lead));
