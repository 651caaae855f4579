// The layouts of the contact plan's letters: assets/letters/mjml/NAME.mjml through MJML to assets/letters/NAME.html.tpl, which lies in
// the tree: a build needs neither npm nor a network, and a reviewer sees what leaves. `--check` compares and writes nothing.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml2html from 'mjml';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const sources = path.join(root, 'assets/letters/mjml');
const check = process.argv.includes('--check');
let wrong = 0;

for (const file of fs.readdirSync(sources).filter((one) => /^[a-z].*\.mjml$/.test(one)).sort()) {
  const source = fs.readFileSync(path.join(sources, file), 'utf8');
  const { html, errors } = await mjml2html(source, { filePath: path.join(sources, file), validationLevel: 'strict', keepComments: false, ignoreIncludes: false, includePath: [sources], allowIncludes: true });
  for (const error of errors) console.error(`${file}: ${error.formattedMessage}`);
  const made = path.join(root, 'assets/letters', `${path.basename(file, '.mjml')}.html.tpl`);
  // MJML asks for a font of the network where it knows one by name; nothing is fetched (norm EML-11).
  if (errors.length || /https?:\/\//.test(html.replace(/https?:\/\/www\.w3\.org\/[^"]*/g, '').replace(/urn:[^"]*/g, ''))) {
    console.error(`${file}: an address outside, or a mistake`);
    wrong += 1;
  }
  const text = `${html.split('\n').map((line) => line.trim()).filter(Boolean).join('\n')}\n`;
  if (!check) fs.writeFileSync(made, text);
  else if (!fs.existsSync(made) || fs.readFileSync(made, 'utf8') !== text) {
    console.error(`${path.relative(root, made)} is not what MJML makes of ${file}: node front/letters/build.mjs`);
    wrong += 1;
  }
}
process.exit(wrong ? 1 : 0);
