import { type Extract, type Fact, pattern, wordFact } from './fact.js';

/** Names that the campaign knows, and names of models: `Alpine 2`, `Aurora Pro`. */
const MODEL = pattern(
  String.raw`(?<![\p{L}\d])(?<name>[a-z]?\p{Lu}[\p{L}]{2,}(?:[-][\p{Lu}][\p{L}]+)?)[ -](?<model>(?:[A-Z]{0,3}\d{1,4}(?:\.\d)?[A-Za-z]{0,2}|I{2,3}|IV|VI{0,3}|IX|X{1,2}|Pro|Low|Mid|High|Basis|Standard|Komfort|Comfort|Deluxe|Gold|Silver|Silber|Bronze|Platin|Platinum|Junior|Lite|Plus|Max|Mini|Air|Ultra|Basic|Premium|Light|Classic|Sport|Go|XL|One|Two|Three|Four|Home|Business|Starter|Team|Enterprise)(?: (?:Pro|Lite|Plus|Max|Mini|Air|Ultra))?)(?![\p{L}\d]|[.,:]\d|\s?(?:%|€|\$|£|Euro|EUR|Uhr|Prozent|percent|days|Tage|Jahre|years|hours|Stunden|Monate|months|am\b|pm\b|for\b|für\b))`,
).source;
const MODELS = new RegExp(MODEL, 'gu');
const NO_NAME =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)-\p{L}+|Tues|Weds|Thurs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|Mo|Di|Mi|Do|Fr|Sa|So|Pier|The|Our|Your|Get|Save|Only|Just|From|Until|Buy|For|With|Now|All|Over|Under|Top|Day|Days|Week|Weeks|Part|Step|Level|Sizes?|Room|Hall|Halle|Raum|Stand|Booth|Gate|Use|Code|May|Mai|June|July|April|March|August|September|October|November|December|January|February|Januar|Februar|März|Juni|Juli|Oktober|Dezember|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Bis|Ab|Nur|Noch|Mit|Spare|Sparen|Jetzt|Über|Unter|Rund|Etwa|Zwischen|Kapitel|Modul|Woche|Tag|Teil|Schritt|Stufe|Größen?|Nr|No|Platz|Bei|Vom|Zum|Am|Im|Die|Der|Das|Den|Dem|Ihr|Ihre|Dein|Deine|Unser|Unsere|Alle|Von|Um|Auf|Für|Und|And|Or|Oder|ISO|DIN|EN|Since|Seit|About|Call|Ruf|Road|Street|Straße|Allee|Weg|Spring|Summer|Autumn|Winter|Frühling|Sommer|Herbst|Wir|We|You|Sie|Gutschein|Rabatt|Sale|Save|Extra|Black|Cyber|Class|Season|Saison|Spend|Pay|Zahl|Hol|Order|Free|Gratis|Starting|Ends|Endet|Another|Up|Enjoy|Join|Choose|Minus|Plus|Still|Open|Offer|Angebot|Band|Volume|Vol|Chapter|Round|Runde|Grade|Klasse|Week|Version|Phase|Line|Linie|Terminal|Exit|Route|Zone|Page|Seite|Tel|Phone|Telefon|Hotline|Call|Text|SMS|Try|Teste|Testen|Buchen|Book|Sparpreis|Preis|Price|Nights|Nächte|Person|Personen|Adults|Kinder|Kids|Web|Web Summit|Expo|Messe|Award|Hour|Stunde|Minute|Hours|Last|Letzte|First|Next|Nächste|Every|Jede|Jeder|Jeden|Nummer|Number|Room|Saal|Etage|Floor|Group|Gruppe|Kurs|Course|Lektion|Lesson|Unit|Paket|Package|Set|Pack|Box|Liter|Kilo|Gramm|Meter|Watt|Volt|Hand|Ticket|Tickets)$/u;

export const products: Extract = (reading, { products: known }) => {
  const { text } = reading;
  const named = known.flatMap((name) => {
    const at = text.toLowerCase().indexOf(name.toLowerCase());
    return at < 0 ? [] : [wordFact('product', name, reading.source(at, at + name.length), 'named')];
  });
  const models = [...text.matchAll(MODELS)].flatMap((match): Fact[] => {
    const { name = '', model = '' } = match.groups ?? {};
    if (NO_NAME.test(name)) return [];
    const range = reading.source(match.index, match.index + match[0].length);
    return [wordFact('product', `${name} ${model}`, range, name.toLowerCase())];
  });
  return [...named, ...models];
};
