"""The public log read by a stranger: RFC 6962 hashes, C2SP tiles, signed notes, inclusion proofs, receipts. Written against
the texts of the standards, sharing nothing with the program it checks."""
import base64
import gzip
import hashlib
import json

from runner.story import Failed, check

# Ed25519 (RFC 8032, 5.1): curve points in plain coordinates; slow and short is what a test wants.
_p = 2**255 - 19
_order = 2**252 + 27742317777372353535851937790883648493
_d = -121665 * pow(121666, _p - 2, _p) % _p


def _add(a, b):
    (x, y), (u, v) = a, b
    k = _d * x * u * y * v % _p
    return ((x * v + u * y) * pow(1 + k, _p - 2, _p) % _p, (y * v + x * u) * pow(1 - k, _p - 2, _p) % _p)


def _times(point, n):
    out = (0, 1)
    while n:
        if n & 1:
            out = _add(out, point)
        point = _add(point, point)
        n >>= 1
    return out


def _point(data):
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(_d * y * y + 1, _p - 2, _p) % _p
    x = pow(square, (_p + 3) // 8, _p)
    if x * x % _p != square:
        x = x * pow(2, (_p - 1) // 4, _p) % _p
    if x * x % _p != square or y >= _p:
        raise Failed("not a point of the curve")
    return (_p - x if x & 1 != sign else x, y)


_base = _point((4 * pow(5, _p - 2, _p) % _p).to_bytes(32, "little"))


def ed25519_holds(public, signature, message):
    r, s = _point(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _order
    return s < _order and _times(_base, s) == _add(r, _times(_point(public), h))


def open_note(note, verifier_key):
    """The text of a signed note (C2SP signed-note), if the key signed it."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    name, key_id, encoded = verifier_key.strip().split("+", 2)
    public = base64.b64decode(encoded)
    check(public[0] == 1 and hashlib.sha256(name.encode() + b"\n" + public).digest()[:4].hex() == key_id, "the verifier key does not name itself")
    for line in signatures.splitlines():
        dash, signer, signed = line.split(" ")
        raw = base64.b64decode(signed)
        if dash == "\u2014" and signer == name and raw[:4].hex() == key_id:
            check(ed25519_holds(public[1:], raw[4:], text.encode()), "the log's signature does not hold")
            return text
    raise Failed("the note is not signed by " + name)


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves):
    """RFC 6962, 2.1: the left part is the largest power of two below the size."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(root_of(leaves[:half]), root_of(leaves[half:]))


def root_from_proof(index, size, leaf, proof):
    """RFC 9162, 2.1.3.2."""
    first, last, here = index, size - 1, leaf
    for other in proof:
        check(last > 0, "the proof is too long")
        if first & 1 or first == last:
            here = node_hash(other, here)
            while first & 1 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            here = node_hash(here, other)
        first, last = first >> 1, last >> 1
    check(last == 0, "the proof is too short")
    return here


def tile_number(n):
    text = "%03d" % (n % 1000)
    while n >= 1000:
        n //= 1000
        text = "x%03d/" % (n % 1000) + text
    return text


class Log:
    """A snapshot: the checkpoint's signature and root are checked against every entry of the bundles."""

    def __init__(self, web):
        self.key = self._file(web, "/log/key").strip()
        self.checkpoint = self._file(web, "/log/checkpoint")
        self.origin, size, root = open_note(self.checkpoint, self.key).splitlines()[:3]
        self.size, self.root = int(size), base64.b64decode(root)
        self.raw = []
        for bundle in range((self.size + 255) // 256):
            width = min(256, self.size - bundle * 256)
            answer = web.get("/log/tile/entries/" + tile_number(bundle) + (f".p/{width}" if width < 256 else ""))
            check(answer.status == 200, f"bundle {bundle}: {answer.status}")
            data = gzip.decompress(answer.body) if answer.body[:2] == b"\x1f\x8b" else answer.body
            while data:
                length = int.from_bytes(data[:2], "big")
                self.raw.append(data[2:2 + length])
                data = data[2 + length:]
        check(len(self.raw) == self.size, f"{len(self.raw)} entries under a checkpoint of {self.size}")
        check(root_of([leaf_hash(entry) for entry in self.raw]) == self.root, "the entries do not make the signed root")
        self.entries = [json.loads(entry) for entry in self.raw]

    def _file(self, web, path):
        answer = web.get(path)
        check(answer.status == 200, f"{path}: {answer.status}")
        return answer.text

    def of_kind(self, kind):
        return [entry for entry in self.entries if entry["kind"] == kind]


def check_receipt(receipt, key):
    """Contract "Receipt": the commitment opens with the salt, the leaf names it, the log's key signed all of it."""
    members = {name: value for name, value in receipt.items() if name != "signature"}
    signed = open_note(receipt["signature"], key)
    check(signed == canonical(members) + "\n", "the signed text is not the receipt's canonical form")
    bound = base64.b64encode(hashlib.sha256(base64.b64decode(receipt["salt"]) + canonical(receipt["content"]).encode()).digest()).decode()
    check(bound == receipt["commitment"], "salt and content do not make the commitment")
    check(json.loads(receipt["leaf"])["commitment"] == bound, "the leaf names another commitment")
    return receipt


def canonical(value):
    """RFC 8785 for what stands in receipts: strings, whole numbers, objects."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def check_proof(text, entry, key):
    """A .tlog-proof (C2SP tlog-proof): the entry stands at its index below a checkpoint the key signed."""
    head, index, *rest = text.split("\n")
    check(head == "c2sp.org/tlog-proof@v1" and index.startswith("index "), "not a tlog-proof")
    blank = rest.index("")
    proof = [base64.b64decode(line) for line in rest[:blank]]
    _, size, root = open_note("\n".join(rest[blank + 1:]), key).splitlines()[:3]
    check(root_from_proof(int(index[6:]), int(size), leaf_hash(entry), proof) == base64.b64decode(root), "the proof does not lead to the signed root")
    return int(index[6:])


def _bytes(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _secret(seed):
    h = hashlib.sha512(seed).digest()
    return (int.from_bytes(h[:32], "little") & (2**254 - 8)) | 2**254, h[32:]


def ed25519_public(seed):
    return _bytes(_times(_base, _secret(seed)[0]))


def ed25519_sign(seed, message):
    number, prefix = _secret(seed)
    public = ed25519_public(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % _order
    point = _bytes(_times(_base, r))
    h = int.from_bytes(hashlib.sha512(point + public + message).digest(), "little") % _order
    return point + ((r + h * number) % _order).to_bytes(32, "little")
