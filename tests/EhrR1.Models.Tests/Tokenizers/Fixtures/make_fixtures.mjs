// Writes the fixtures beside this file with Hugging Face's tokenizers (the Rust library, by its npm package):
//
//     npm install tokenizers@0.23.2
//     node make_fixtures.mjs <Qwen3's tokenizer.json> [strings a tokenizer]
//
// tiny-*.json:  small tokenizers of the four kinds of files, with merges learnt here from a few lines.
// tokens.jsonl: tokenizer, text, the ids of the text as plain text (added tokens taken out of the file), and as a template.
import fs from 'fs';
import path from 'path';
import { fileURLToPath } from 'url';
import hf from 'tokenizers';

const here = path.dirname(fileURLToPath(import.meta.url));
const [qwenPath, count = '300'] = process.argv.slice(2);
const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const upper = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]', lower = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';
const kinds = {
  qwen3: { pattern: `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`, nfc: true },
  llama3: { pattern: `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`, whole: true },
  o200k: {
    pattern: [`[^\\r\\n\\p{L}\\p{N}]?${upper}*${lower}+${contractions}?`, `[^\\r\\n\\p{L}\\p{N}]?${upper}+${lower}*${contractions}?`, '\\p{N}{1,3}',
      ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*', '\\s*[\\r\\n]+', '\\s+(?!\\S)', '\\s+'].join('|'),
    removed: true,
  },
  gpt2: {},
};

const alphabet = hf.byteLevelAlphabet();
const lettersOf = (() => {
  const letters = []; let next = 256;
  for (let b = 0; b < 256; b++) letters.push(String.fromCodePoint((b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174 ? b : next++));
  return text => [...Buffer.from(text, 'utf8')].map(b => letters[b]);
})();

function learn(lines, merges) {
  let words = lines.join(' ').split(/(?= )/).map(lettersOf);
  const made = [];
  while (made.length < merges) {
    const pairs = new Map();
    for (const w of words) for (let i = 0; i + 1 < w.length; i++) { const k = w[i] + ' ' + w[i + 1]; pairs.set(k, (pairs.get(k) ?? 0) + 1); }
    const best = [...pairs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (!best) break;
    const [left, right] = best[0].split(' ');
    made.push([left, right]);
    words = words.map(w => { const to = []; for (let i = 0; i < w.length; i++) if (w[i] === left && w[i + 1] === right) { to.push(left + right); i++; } else to.push(w[i]); return to; });
  }
  return made;
}

function tiny({ pattern, nfc, whole, removed }) {
  const merges = learn(["the patient's blood pressure was 120/80 and the patients weren't in pain it's they'll we've",
    '## Labevents [2150-03-01 12:00:00] | item_name | valuenum | Sodium 140 mmol/L | Glucose 100 mg/dL Größe 38,5 °C 体温 體溫 𠮷野 résumé',
    '| --- | --- | sodium chloride potassium chloride    \n\n\n  aaaa aaaaaaaa'], 160);
  const tokens = [...new Set([...alphabet].sort().concat(merges.map(m => m.join(''))))];
  // A token that no merge makes: only files that take whole pieces give it.
  if (whole) tokens.push(lettersOf(' creatinine').join(''));
  const vocab = Object.fromEntries(tokens.map((t, i) => [t, i]));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: !pattern };
  const split = { type: 'Split', pattern: { Regex: pattern }, behavior: removed ? 'Removed' : 'Isolated', invert: !!removed };
  return {
    version: '1.0', truncation: null, padding: null,
    added_tokens: ['<|endoftext|>', '<|im_start|>', '<|im_end|>', '<think>', '</think>', '<think>>'].map((content, i) =>
      ({ id: tokens.length + i, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: content.startsWith('<|') })),
    normalizer: nfc ? { type: 'NFC' } : null,
    pre_tokenizer: pattern ? { type: 'Sequence', pretokenizers: [split, byteLevel] } : byteLevel,
    post_processor: null, decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '', fuse_unk: false, byte_fallback: false, ignore_merges: !!whole, vocab, merges },
  };
}

const fixed = ['', ' ', '\n', 'Hello, world!', "it's IT'S we'LL they'Re 'S 'LL x'ſt 'ſ", 'Sodium 140 mmol/L (135–145)\n- Potassium: 3,9\n\n\n  indented\r\n\r\n\tx',
  '## Labevents [2150-03-01 12:00:00]\n| item_name | valuenum | flag |\n| --------- | --------- | --------- |\n| Sodium | 140 | nan |\n',
  'NUL \0 in a note, BEL \x07, ESC \x1b[0m, NEL \x85, NBSP \xa0, ZWSP \u200b, BOM \ufeff, LS \u2028 PS \u2029', '𝒜𝓑 𐐀𐐨 𠮷野家 𝟘𝟙𝟚 𞥐𞥑 𞤀𞤢', '٣٤٥ ১২৩ 一二三 Ⅷ ½ ²',
  'e\u0301 \u0065\u0323\u0301 \u1e69 s\u0323\u0307 \u212b \u2126 \u0340 가 \u1100\u1161\u11a8 \u0958 \ufb1d', '👩‍⚕️ 👨‍👩‍👧‍👦 🏥🏳️‍🌈 ❤️', 'שָׁלוֹם مَرْحَبًا नमस्ते ภาษาไทย 日本語テキスト 한국어',
  'a<|im_end|>b <think>\n\n</think>\n\nyes <think>> <|im_start|>user <|endoftext|', '<think>\u0338', 'a'.repeat(300), ' '.repeat(70) + 'x', '\n'.repeat(40), '-'.repeat(90), '0123456789'.repeat(8), 'x\u1ac1\u0742', ' creatinine creatinine'];
const parts = [...'aäeimnorstuxyzABES019', "'s", "'LL", "'ſ", "'d", "'", ' ', '  ', '\n', '\r\n', '\t', ' \n ', '.', ',', '-', '|', '/', '[', 'the', ' patient', 'Sodium', '120', '𝒜', '𐐀', '𐐨', '𠮷', '𝟘', '𞥐',
  '\u0301', '\u0323', '\u0338', '\u0345', '\u1161', '\u11a8', '\u1100', '가', 'é', 'ﬁ', 'ǅ', 'ʰ', 'ª', 'ß', 'ſ', 'K', '٣', 'Ⅷ', '½', '中', '文', 'ก', 'ा', '👩', '\u200d', '⚕', '\ufe0f', '\0', '\x85', '\xa0', '\u2028', '\u3000', '°', 'µ', '≥', '€', '<|im_end|>', '<think>', '\ufffd', '\ue000', '\u{10ffff}'];
let seed = 20261126;
const random = below => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return Math.floor(seed / 4294967296 * below); };
const anyPoint = () => { const c = random(0x110000); return c >= 0xd800 && c < 0xe000 ? 'x' : String.fromCodePoint(c); };
const drawn = n => Array.from({ length: n }, () => Array.from({ length: 1 + random(24) }, () => random(12) === 0 ? anyPoint() : random(3) === 0 ? parts[random(21)] : parts[random(parts.length)]).join(''));

const out = [];
for (const [name, json] of [['qwen3-real', JSON.parse(fs.readFileSync(qwenPath))], ...Object.entries(kinds).map(([k, v]) => ['tiny-' + k, tiny(v)])]) {
  if (name.startsWith('tiny')) fs.writeFileSync(path.join(here, name + '.json'), JSON.stringify(json));
  const template = hf.Tokenizer.fromString(JSON.stringify(json)), plain = hf.Tokenizer.fromString(JSON.stringify({ ...json, added_tokens: [] }));
  for (const text of [...fixed, ...drawn(+count / (name.startsWith('tiny') ? 3 : 1))]) {
    const [a, b] = await Promise.all([plain, template].map(t => t.encode(text, null, { addSpecialTokens: false })));
    const line = { tokenizer: name, text, plain: a.getIds() };
    if (b.getIds().join() !== a.getIds().join()) line.template = b.getIds();
    line.decoded = text === '' ? '' : await template.decode(line.template ?? line.plain, false);
    if (line.decoded === text) delete line.decoded;
    out.push(JSON.stringify(line));
  }
}
fs.writeFileSync(path.join(here, 'tokens.jsonl'), out.join('\n') + '\n');
