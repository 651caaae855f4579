// One member of staff for each role, with a password. Two moderators, for a second one decides on appeals.
export const staff = {
  admin: { email: 'damien.fauvel@aurelle.example', role: 'admin', scope: '*' },
  hq: { email: 'chantal.colin@aurelle.example', role: 'hq', scope: '*' },
  product: { email: 'desk.product@aurelle.example', role: 'product', scope: '*', name: 'Paula Prieto' },
  country: { email: 'desk.country@aurelle.example', role: 'country', scope: 'FR', name: 'Corinne Carlier' },
  group: { email: 'desk.group@aurelle.example', role: 'group', scope: 'Belvaux', name: 'Guy Grandjean' },
  site: { email: 'desk.site@aurelle.example', role: 'site', scope: 'FR-NAN', name: 'Simon Salvi' },
  agent: { email: 'desk.agent@aurelle.example', role: 'agent', scope: '*', name: 'Agathe Arnaud' },
  moderator: { email: 'mehdi.hamidi@aurelle.example', role: 'moderator', scope: '*' },
  second: { email: 'severine.cordier@aurelle.example', role: 'moderator', scope: '*' },
  crm: { email: 'desk.crm@aurelle.example', role: 'crm', scope: '*', name: 'Clément Roumier' },
  auditor: { email: 'adil.elamrani@aurelle.example', role: 'auditor', scope: '*' },
};

export const password = 'correct staple of the desk 47';

/** Before the start: everybody gets a one-time link; answers the token of each. */
export function addStaff(verbatim, data) {
  return Object.values(staff).map(({ email, role, scope, name }) => {
    const said = verbatim('user', 'add', '--email', email, '--role', role, '--scope', scope, ...(name ? ['--name', name, '--locale', 'fr-FR'] : []), '--data', data).toString();
    const token = /([\w-]{20,})\s*$/.exec(said)?.[1];
    if (!token) throw new Error(`user add printed no link: ${said}`);
    return token;
  });
}

/** Running: each link is used. */
export async function setPasswords(tokens) {
  for (const token of tokens) {
    const answer = await fetch(`${process.env.PLATFORM_URL}/api/v1/passwords`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, password }) });
    if (!answer.ok) throw new Error(`a password was answered with ${answer.status}: ${await answer.text()}`);
  }
}
