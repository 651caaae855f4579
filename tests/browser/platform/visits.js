// Who came to the dealers before the tests begin. Each customer belongs to one test, or is only looked at.
const customers = [
  // looked at by the tests of every page
  { who: 'alice', site: 'FR-NAN', product: 'MADRIGAL', first: 'Alice', last: 'Moreau', phone: '+33 6 39 98 10 10', home: '7 rue des Lilas,44000,Nantes' },
  { who: 'bruno', site: 'FR-NAN', first: 'Bruno', last: 'Lemaire', phone: '+33199001234' },
  { who: 'clara', site: 'FR-NAN', first: 'Clara', last: 'Petit' },
  { who: 'denise', site: 'FR-NAN', first: 'Denise', last: 'Roche' },
  { who: 'emile', site: 'FR-NAN', product: 'MADRIGAL', first: 'Émile', last: 'Garnier', incentive: 'un tirage au sort de dix bons' },
  { who: 'gaston', site: 'FR-NAN', first: 'Gaston', last: 'Meunier' },
  { who: 'henri', site: 'FR-NAN', first: 'Henri', last: 'Caron' },
  { who: 'form-fr', site: 'FR-NAN', product: 'VIRELAI', first: 'Fanny', last: 'Blanc' },
  { who: 'form-en', site: 'GB-MAN', product: 'VIRELAI', first: 'Frank', last: 'Hill', locale: 'en-GB' },
  { who: 'form-de', site: 'DE-BER', product: 'VIRELAI', first: 'Frieda', last: 'Kranz', locale: 'de-DE' },
  { who: 'thanks-fr', site: 'FR-LYO', product: 'VIRELAI', first: 'Thomas', last: 'Vidal' },
  { who: 'thanks-en', site: 'GB-LDS', product: 'VIRELAI', first: 'Tracy', last: 'Wood', locale: 'en-GB' },
  { who: 'thanks-de', site: 'DE-HAM', product: 'VIRELAI', first: 'Tilda', last: 'Brandt', locale: 'de-DE' },
  // the form
  { who: 'prefilled', site: 'FR-VIL', first: 'Paul', last: 'Simon' },
  { who: 'keyboard-on', site: 'FR-LYO', product: 'VIRELAI', first: 'Karine', last: 'Faure' },
  { who: 'keyboard-off', site: 'FR-LYO', product: 'VIRELAI', first: 'Kevin', last: 'Faure' },
  { who: 'errors-on', site: 'FR-LYO', product: 'VIRELAI', first: 'Odile', last: 'Perrin' },
  { who: 'errors-off', site: 'FR-LYO', product: 'VIRELAI', first: 'Octave', last: 'Perrin' },
  // the tour
  { who: 'tour', site: 'GB-BRS', first: 'Tom', last: 'Archer', locale: 'en-GB', phone: '+441632960999' },
  { who: 'insult', site: 'GB-CRO', first: 'Ian', last: 'Marsh', locale: 'en-GB' },
  { who: 'author', site: 'GB-GLA', first: 'Agnes', last: 'Muir', locale: 'en-GB' },
  { who: 'leaver', site: 'GB-GLA', first: 'Leonard', last: 'Shaw', locale: 'en-GB' },
  // the desk: the dealer's day and the call-centre agent
  { who: 'dealer-wide', site: 'FR-BOR', product: 'VIRELAI', first: 'Claire', last: 'Dubois', phone: '+33199001301' },
  { who: 'dealer-phone', site: 'FR-TLS', product: 'VIRELAI', first: 'Sophie', last: 'Laurent', phone: '+33199001302' },
  // whose words were refused, and who contest it
  { who: 'appeal-wide-right', site: 'FR-VER', first: 'Noémie', last: 'Ferrand' },
  { who: 'appeal-wide-wrong', site: 'FR-VER', first: 'Marius', last: 'Costa' },
  { who: 'appeal-phone-right', site: 'FR-VER', first: 'Lilian', last: 'Besson' },
  { who: 'appeal-phone-wrong', site: 'FR-VER', first: 'Ophélie', last: 'Renard' },
  { who: 'agent-case', site: 'FR-LIL', first: 'Mehdi', last: 'Benali', phone: '+33199001303' },
];

export const emailOf = (who) => `${who}@example.org`;

const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

export const visitedOn = day(10);

export function experiencesCsv() {
  const columns = ['id', 'kind', 'occurred_on', 'site', 'product', 'customer', 'first_name', 'last_name', 'email', 'phone', 'locale', 'consent', 'incentive', 'street', 'postcode', 'city'];
  const rows = customers.map((one) => [`B-${one.who}`, 'workshop', visitedOn, one.site, one.product ?? '', `K-${one.who}`, one.first, one.last,
    emailOf(one.who), one.phone ?? '', one.locale ?? 'fr-FR', 'invitation=yes', one.incentive ?? '', one.home ?? ',,']);
  return [columns, ...rows].map((row) => row.join(',')).join('\r\n') + '\r\n';
}

export const invited = customers.map((one) => one.who);
