// Checks a receipt here, with WebCrypto. Asked of the server: /log/checkpoint and tiles.
(() => {
 const [form, list, end, cannot] = ['form', 'steps', 'end', 'cannot'].map(id => document.getElementById('check-' + id));
 if (!crypto.subtle) { cannot.hidden = false; return; }
 form.hidden = false;
 const { key: keyField, files, paste } = form.elements;
 const texts = Object.fromEntries([...document.querySelectorAll('#check-texts li')].map(one => [one.dataset.key, one.textContent]));
 const say = (key, ...values) => values.reduce((text, value, i) => text.replaceAll('%' + (i + 1), value), texts[key]);

 const wrong = (...what) => { throw [say(...what)]; };  // a list: what we say; anything else: the browser's
 const bytes = text => new TextEncoder().encode(text);
 const sha = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(parts.flatMap(part => [...part]))));
 const same = (a, b) => String(a) === String(b);
 const raw = text => { try { return Uint8Array.from(atob(text), c => c.charCodeAt(0)); } catch { return wrong('bad_base64'); } };
 const canonical = value => Array.isArray(value) ? '[' + value.map(canonical).join() + ']'  // RFC 8785
  : value && typeof value === 'object' ? '{' + Object.keys(value).sort().map(k => JSON.stringify(k) + ':' + canonical(value[k])).join() + '}' : JSON.stringify(value);
 const leafHash = leaf => sha([0], leaf), nodeHash = (a, b) => sha([1], a, b);

 // C2SP signed notes: the text, signed by the key; held is null where this browser has no Ed25519.
 async function openNote(note, vkey) {
  const cut = note.lastIndexOf('\n\n') + 1, text = note.slice(0, cut), [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) || wrong('bad_key');
  const typed = raw(encoded), own = (await sha(bytes(name + '\n'), typed)).slice(0, 4);
  if (typed.length !== 33 || typed[0] !== 1 || own.reduce((hex, x) => hex + x.toString(16).padStart(2, '0'), '') !== id) wrong('bad_key');
  for (const line of note.slice(cut + 1).split('\n')) {
   const [, who, signed] = line.split(' '), sig = who === name && raw(signed);
   if (!sig || !same(sig.slice(0, 4), own)) continue;
   let key;
   try { key = await crypto.subtle.importKey('raw', typed.slice(1), 'Ed25519', false, ['verify']); } catch { return { text, held: null }; }
   return await crypto.subtle.verify('Ed25519', key, sig.slice(4), bytes(text)) ? { text, held: true } : wrong('bad_signature');
  }
  return wrong('not_signed');
 }
 const checkpoint = ([origin, size, root]) => ({ origin, size: Number(size), root: raw(root) });

 // RFC 9162 section 2.1.3.2, for trees below 2^32
 async function rootFrom(index, size, leaf, path) {
  let fn = index, sn = size - 1, r = leaf;
  for (const p of path) {
   if (sn === 0) return [];
   if (fn & 1 || fn === sn) {
    r = await nodeHash(p, r);
    while (fn && !(fn & 1)) { fn >>>= 1; sn >>>= 1; }
   } else r = await nodeHash(r, p);
   fn >>>= 1; sn >>>= 1;
  }
  return sn === 0 && index < size ? r : [];
 }

 // C2SP tlog-tiles: the path of an entry, computed from the tiles of a tree of this size.
 function tiles(size) {
  const got = {};
  const number = n => String(n).padStart(3 * Math.ceil(String(n).length / 3), '0').replace(/\d{3}(?=\d)/g, 'x$&/');
  const fetchTile = (level, n, at) => {
   const width = Math.min(256, Math.floor(size / 256 ** at) - n * 256), path = '/log/tile/' + level + '/' + number(n) + (width < 256 ? '.p/' + width : '');
   return got[path] ||= fetch(path).then(async r => r.ok ? new Uint8Array(await r.arrayBuffer()) : wrong('no_tile'));
  };
  async function node(height, index) {
   const level = height >> 3, across = 2 ** (height & 7), first = index * across;
   const tile = await fetchTile(level, first >>> 8, level), at = first % 256;
   const fold = async (a, n) => n < 2 ? tile.slice(a * 32, a * 32 + 32) : nodeHash(await fold(a, n / 2), await fold(a + n / 2, n / 2));
   return fold(at, across);
  }
  const split = n => 2 ** Math.ceil(Math.log2(n) - 1);
  const range = async (a, b) => Number.isInteger(Math.log2(b - a)) ? node(Math.log2(b - a), a / (b - a)) : nodeHash(await range(a, a + split(b - a)), await range(a + split(b - a), b));
  return {
   path: async index => {
    const path = [];
    for (let a = 0, b = size, m; b - a > 1; index < m ? b = m : a = m) {
     m = a + split(b - a);
     path.unshift(await (index < m ? range(m, b) : range(a, m)));
    }
    return path;
   },
   entry: async index => {
    let bundle = await fetchTile('entries', index >>> 8, 0), skip = index % 256;
    const length = () => 2 + bundle[0] * 256 + bundle[1];
    while (skip--) bundle = bundle.slice(length());
    return bundle.slice(2, length());
   },
  };
 }

 const show = (good, ...what) => {
  list.append(Object.assign(document.createElement('li'), { className: good ? 'good' : 'open', textContent: say(...what) }));
 };
 const signed = (note, key, ...values) => show(note.held, note.held ? key : 'no_ed25519', ...values);

 async function check(given) {
  const vkey = keyField.value.trim(), proof = (/c2sp\.org\/tlog-proof@v1\n[^]+?\n\n[^]+?\n\n(\u2014 .*\n)+/.exec(given) || [])[0], rest = given.replace(proof, '').trim();
  const receipt = rest && JSON.parse(rest);
  let leaf;
  if (!receipt && !proof) wrong('nothing');
  if (receipt) {
   const { signature, ...members } = receipt, note = await openNote(String(signature), vkey);
   if (note.text !== canonical(members) + '\n') wrong('other_words');
   signed(note, 'receipt_signed');
   const bound = btoa(String.fromCharCode(...await sha(raw(receipt.salt), bytes(canonical(receipt.content))))), entry = JSON.parse(receipt.leaf);
   if (bound !== receipt.commitment || entry.commitment !== bound || entry.review !== receipt.review) wrong('bad_commitment');
   show(true, 'words_bound', bound);
   show(true, 'decide_by', new Date(receipt.decide_by).toLocaleString(document.documentElement.lang));
   leaf = bytes(receipt.leaf);
  }
  if (!proof) return show(null, 'add_proof');
  const cut = proof.indexOf('\n\n'), head = proof.slice(0, cut).split('\n').slice(1), extra = head[0].startsWith('extra ') ? raw(head.shift().slice(6)) : null;
  const index = Number(head.shift().slice(6)), path = head.map(raw), note = await openNote(proof.slice(cut + 2), vkey), then = checkpoint(note.text.split('\n'));
  if (then.origin !== vkey.split('+')[0]) wrong('other_log');
  signed(note, 'checkpoint_signed', then.size);
  const others = proof.split('\n\u2014 ').length - 2;
  if (others) show(null, 'witnesses', others);
  const leads = async one => one && same(await rootFrom(index, then.size, await leafHash(one), path), then.root);
  if (!await leads(leaf)) leaf = extra || (receipt ? wrong('other_entry') : await tiles(then.size).entry(index));
  if (!await leads(leaf)) wrong('not_included');
  const entry = JSON.parse(new TextDecoder().decode(leaf));
  if (receipt && entry.review !== receipt.review) wrong('other_review');
  show(true, 'included', index, then.size, texts['kind_' + entry.kind] || entry.kind);
  if (receipt && entry.kind !== 'collected') show(true, entry.commitment === receipt.commitment ? 'unchanged' : 'corrected');
  // The log as it is now must still hold it.
  const fresh = await openNote(await (await fetch('/log/checkpoint', { cache: 'no-store' })).text(), vkey), now = checkpoint(fresh.text.split('\n'));
  if (now.size < then.size) wrong('shrunk', now.size, then.size);
  if (!same(await rootFrom(index, now.size, await leafHash(leaf), await tiles(now.size).path(index)), now.root)) wrong('gone_now');
  show(true, 'still_there', now.size);
 }

 async function run() {
  list.replaceChildren();
  end.textContent = say('working');
  let good = false;
  try {
   const read = await Promise.all([...files.files].map(file => file.size < 4e6 ? file.text() : wrong('unreadable')));
   await check([...read, paste.value, ''].join('\n'));
   good = true;
   end.textContent = say('end_good');
  } catch (error) {
   end.textContent = say('end_bad') + ' ' + (error.at ? error[0] : say('unreadable'));
  }
  end.className = good ? 'good' : 'bad';
 }
 form.addEventListener('submit', event => { event.preventDefault(); run(); });
 files.addEventListener('change', run);
})();
