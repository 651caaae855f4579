// What an authenticator app computes (RFC 6238), apart from the platform's own code.
import crypto from 'node:crypto';

function bytes(base32) {
  let bits = '';
  for (const sign of base32) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0');
  return Buffer.from(bits.match(/.{8}/g).map((one) => parseInt(one, 2)));
}

/** The code of now, or of so many steps later. */
export function totp(secret, later = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const hash = crypto.createHmac('sha1', bytes(secret.replace(/\s/g, ''))).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}
