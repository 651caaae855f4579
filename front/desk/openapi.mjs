// The API's description as the server serves it: assets/openapi.json with every fragment of assets/openapi/ merged over it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const assets = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../assets');

export function merged() {
  const all = JSON.parse(fs.readFileSync(path.join(assets, 'openapi.json'), 'utf8'));
  const folder = path.join(assets, 'openapi');
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder).filter((one) => one.endsWith('.json')).sort() : []) {
    const part = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    for (const [where, operations] of Object.entries(part.paths ?? {})) all.paths[where] = { ...all.paths[where], ...operations };
    for (const [kind, entries] of Object.entries(part.components ?? {})) all.components[kind] = { ...all.components[kind], ...entries };
  }
  return all;
}
