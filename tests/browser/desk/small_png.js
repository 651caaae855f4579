// A screenshot as a PNG with a palette: letters in grey and few colours need no more, and the tree stays small. Reads what Chromium
// writes (8 bits, RGB or RGBA, not interlaced).
import zlib from 'node:zlib';

function decode(file) {
  let at = 8, width = 0, height = 0, channels = 0;
  const data = [];
  while (at < file.length) {
    const length = file.readUInt32BE(at), kind = file.toString('latin1', at + 4, at + 8), body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      width = body.readUInt32BE(0); height = body.readUInt32BE(4);
      channels = { 2: 3, 6: 4 }[body[9]];
      if (body[8] !== 8 || !channels || body[12] !== 0) throw new Error('not a PNG as Chromium writes it');
    }
    if (kind === 'IDAT') data.push(body);
    at += length + 12;
  }
  const raw = zlib.inflateSync(Buffer.concat(data)), stride = width * channels, pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? pixels[y * stride + x - channels] : 0, up = y ? pixels[(y - 1) * stride + x] : 0, corner = y && x >= channels ? pixels[(y - 1) * stride + x - channels] : 0;
      const paeth = () => { const p = left + up - corner, a = Math.abs(p - left), b = Math.abs(p - up), c = Math.abs(p - corner); return a <= b && a <= c ? left : b <= c ? up : corner; };
      pixels[y * stride + x] = raw[y * (stride + 1) + 1 + x] + [0, left, up, (left + up) >> 1, filter === 4 ? paeth() : 0][filter];
    }
  }
  return { width, height, channels, pixels };
}

const table = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const crc = (bytes) => { let c = 0xffffffff; for (const one of bytes) c = table[(c ^ one) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };
function chunk(kind, body) {
  const whole = Buffer.concat([Buffer.from(kind, 'latin1'), body]), out = Buffer.alloc(whole.length + 8);
  out.writeUInt32BE(body.length, 0); whole.copy(out, 4); out.writeUInt32BE(crc(whole), whole.length + 4);
  return out;
}

/** The most frequent colours, at most 16: four bits a pixel. Everything else becomes the nearest of them. */
export function smallPng(file, most = 16) {
  const { width, height, channels, pixels } = decode(file);
  const counts = new Map();
  const key = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
  for (let at = 0; at < pixels.length; at += channels) counts.set(key(at), (counts.get(key(at)) ?? 0) + 1);
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const far = (a, b) => parts(a).reduce((sum, one, i) => sum + (one - parts(b)[i]) ** 2, 0);
  // Frequent ones first, but none that is nearly one of those before it.
  const palette = [];
  for (const apart of [900, 200, 0]) {
    for (const [colour] of [...counts].sort((a, b) => b[1] - a[1])) {
      if (palette.length === most) break;
      if (!palette.includes(colour) && palette.every((one) => far(one, colour) > apart)) palette.push(colour);
    }
  }
  const nearest = new Map();
  const index = (colour) => {
    let found = nearest.get(colour);
    if (found === undefined) nearest.set(colour, (found = palette.reduce((best, one, at) => (far(one, colour) < far(palette[best], colour) ? at : best), 0)));
    return found;
  };
  const stride = Math.ceil(width / 2), rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (stride + 1) + 1 + (x >> 1)] |= index(key((y * width + x) * channels)) << (x % 2 ? 0 : 4);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0); head.writeUInt32BE(height, 4); head.set([4, 3, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('PLTE', Buffer.from(palette.flatMap(parts))), chunk('IDAT', zlib.deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
