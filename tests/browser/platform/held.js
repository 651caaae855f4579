// Words that wait for a moderator, enough for an hour's work: gathered elsewhere, so that no customer is needed for each. All at one site that
// no other test writes to.
const openings = ['La voiture était prête à l’heure.', 'Deux semaines pour une pièce.', 'L’accueil est correct.', 'Rien à dire sur le prix.', 'Le devis a doublé en route.', 'Trois appels sans réponse.'];
const troubles = [
  { reason: 'insult', words: 'Mais le chef d’atelier est un connard.' },
  { reason: 'name', words: 'Évitez Monsieur Lefebvre-Castaing.' },
  { reason: 'personal_data', words: 'Appelez-moi au 06 12 34 56 {n}.' },
  { reason: 'link', words: 'Tout est raconté sur www.mon-garage-{n}.example.' },
];
const ends = ['Je ne reviendrai pas.', 'On verra la prochaine fois.', 'Dommage.', 'À suivre.', 'Merci quand même.'];

export const heldSite = 'FR-GRE';
export const heldCount = 72;

export function heldJsonl() {
  const lines = [];
  for (let at = 0; at < heldCount; at++) {
    const trouble = troubles[at % troubles.length];
    const body = [openings[at % openings.length], trouble.words.replace('{n}', String(10 + at)), ends[at % ends.length]].join(' ');
    lines.push(JSON.stringify({ id: `H${at}`, source: 'carnet', subject: `site:${heldSite}`, rating: 1 + (at * 7) % 5, lang: 'fr', date: `2026-10-${String(1 + (at % 28)).padStart(2, '0')}`, author: `Client ${at}`, body }));
  }
  return lines.join('\n') + '\n';
}
