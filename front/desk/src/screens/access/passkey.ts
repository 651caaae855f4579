// navigator.credentials speaks in bytes, the API in base64url (Web Authentication Level 3, section 5.1.8): both ways, by hand,
// for not every browser has parseCreationOptionsFromJSON yet.
import { Problem } from '../../shell/client.ts';

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
const text = (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

export const able = () => isSecureContext && typeof PublicKeyCredential === 'function';

interface Named { type: string; id: string }
const named = (list: Named[]) => list.map((one) => ({ type: 'public-key' as const, id: bytes(one.id) }));

// NotAllowedError is all a browser says when somebody closes its window, and when time is up.
async function asked(act: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await act();
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    throw new Problem(0, error instanceof DOMException && error.name === 'InvalidStateError' ? 'passkey_known' : 'passkey_closed');
  }
  throw new Problem(0, 'passkey_closed');
}

export interface Made { id: string; type: 'public-key'; response: { clientDataJSON: string; attestationObject: string } }
export interface Given { id: string; type: 'public-key'; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string } }
export interface Creation { challenge: string; user: { id: string; name: string; displayName: string }; rp: PublicKeyCredentialRpEntity; pubKeyCredParams: PublicKeyCredentialParameters[]; timeout: number; excludeCredentials: Named[]; authenticatorSelection: AuthenticatorSelectionCriteria; attestation: AttestationConveyancePreference }

export async function create(options: Creation): Promise<Made> {
  const credential = await asked(() => navigator.credentials.create({
    publicKey: { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: named(options.excludeCredentials) },
  }));
  const response = credential.response as AuthenticatorAttestationResponse;
  return { id: credential.id, type: 'public-key', response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) } };
}

export interface Request { challenge: string; timeout: number; rpId: string; allowCredentials: Named[]; userVerification: UserVerificationRequirement }

export async function get(options: Request): Promise<Given> {
  const credential = await asked(() => navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) },
  }));
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    id: credential.id, type: 'public-key',
    response: { clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData), signature: text(response.signature), ...(response.userHandle && { userHandle: text(response.userHandle) }) },
  };
}
