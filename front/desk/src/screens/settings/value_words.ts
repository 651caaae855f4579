// A setting is called by a name people read; its key stands small beside it, for that is what the documents and --set call it. One that is newer
// than its words shows its key and the platform's own English line.
import { coded, t } from '../../shell/words.ts';
import type { Doc } from './documents.tsx';

const code = (name: string) => name.replaceAll('.', '_');
const said = (prefix: 'values.name_' | 'values.help_', name: string) => { const text = coded(prefix, code(name)); return text === code(name) ? '' : text; };

export const valueName = (name: string) => said('values.name_', name) || name;
export const valueHelp = (doc: Doc) => said('values.help_', doc.name) || String(doc['what']);
export const familyName = (name: string) => coded('values.family_', name.slice(0, name.indexOf('.')));
export const shownValue = (doc: Doc, value: string) => (value === '' ? '–' : doc['kind'] === 'choice' ? coded('values.choice_', value) : value);
export const packagedValue = (doc: Doc) => `${t('settings.packaged')}: ${shownValue(doc, String(doc.packaged.value))}`;
