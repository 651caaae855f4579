// The brand's directory for tests: oidc-provider, a certified OpenID provider, with one client and people who may call themselves
// anything: "strong:ann@..." has given two factors there, "unproved:ann@..." an address nobody verified. Prints "listening on
// https://localhost:PORT" once it answers.
//   node directory_provider.mjs KEY.pem CERTIFICATE.pem REDIRECT_URI AFTER_LOGOUT
import fs from 'node:fs';
import https from 'node:https';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [key, certificate, redirect, afterLogout] = process.argv.slice(2);
// The package is an ES module only, and NODE_PATH serves only CommonJS.
const { default: Provider } = await import(pathToFileURL(createRequire(import.meta.url).resolve('oidc-provider')).href);

const bodyOf = async (request) => {
  let body = '';
  for await (const bytes of request) body += bytes;
  return new URLSearchParams(body);
};

// Its sign-in page, and leave to pass on what was asked for.
async function interact(provider, request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '));
    grant.addOIDCClaims(prompt.details.missingOIDCClaims ?? []);
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  } else if (request.method === 'POST') {
    const login = (await bodyOf(request)).get('login');
    await provider.interactionFinished(request, response, { login: { accountId: login, amr: login.startsWith('strong:') ? ['pwd', 'otp'] : ['pwd'] } });
  } else {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Directory</title><form method="post"><input name="login" aria-label="login"><button type="submit">Go</button></form>');
  }
}

const server = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(certificate) });
server.listen(0, 'localhost', () => {
  const issuer = `https://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'verbatim', client_secret: 'a secret & a half', redirect_uris: [redirect], post_logout_redirect_uris: [afterLogout],
      response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: process.env.AUTH_METHOD ?? 'client_secret_basic',
    }],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'email', 'email_verified', 'name', 'amr'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: async (context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: id.replace(/^\w+:/, ''), email_verified: !id.startsWith('unproved:'), name: id }),
    }),
    conformIdTokenClaims: false,
    cookies: { keys: ['of these tests'] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Session: 600, Interaction: 600, Grant: 600 },
  });
  provider.on('server_error', (context, error) => console.error(error));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) { answer(request, response); return; }
    interact(provider, request, response).catch((error) => { console.error(error); response.statusCode = 500; response.end(); });
  });
  console.log(`listening on ${issuer}`);
});
process.on('SIGTERM', () => process.exit(0));
