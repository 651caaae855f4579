"""A dishonest operator: has the log's key and writes whatever log he likes, well signed and well hashed. What a checker must
find is therefore in the entries, or in what was seen before."""
import base64
import hashlib
import json
import os
import shutil

from runner.log_math import _base, _order, _times, canonical, leaf_hash, node_hash, root_of, tile_number


def _encoded(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def ed25519_sign(seed, message):
    """RFC 8032, 5.1.6."""
    wide = hashlib.sha512(seed).digest()
    secret = int.from_bytes(wide[:32], "little") & ((1 << 254) - 8) | 1 << 254
    public = _encoded(_times(_base, secret))
    r = int.from_bytes(hashlib.sha512(wide[32:] + message).digest(), "little") % _order
    point = _encoded(_times(_base, r))
    h = int.from_bytes(hashlib.sha512(point + public + message).digest(), "little") % _order
    return public, point + ((r + h * secret) % _order).to_bytes(32, "little")


def read_key(data):
    """The operator's ledger.key: the log's name and the seed."""
    with open(os.path.join(data, "ledger.key"), encoding="utf-8") as file:
        origin, seed = file.read().split()
    return origin, bytes.fromhex(seed)


def write_log(folder, entries, origin, seed):
    """Lays a log out like /log/, every tile and the signature as they should be. Entries are objects or bytes."""
    raw = [entry if isinstance(entry, bytes) else canonical(entry).encode() for entry in entries]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)

    def put(path, data):
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)

    def put_tiles(name, items):
        for n in range(0, len(items), 256):
            part = items[n:n + 256]
            put(f"tile/{name}/{tile_number(n // 256)}" + (f".p/{len(part)}" if len(part) < 256 else ""), b"".join(part))

    hashes, level = [leaf_hash(entry) for entry in raw], 0
    root = root_of(hashes)
    put_tiles("entries", [len(entry).to_bytes(2, "big") + entry for entry in raw])
    while hashes:
        put_tiles(str(level), hashes)
        for _ in range(8):
            hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
        level += 1
    text = f"{origin}\n{len(raw)}\n{base64.b64encode(root).decode()}\n"
    public, signature = ed25519_sign(seed, text.encode())
    key_id = hashlib.sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
    put("checkpoint", f"{text}\n\u2014 {origin} {base64.b64encode(key_id + signature).decode()}\n".encode())
    put("key", f"{origin}+{key_id.hex()}+{base64.b64encode(bytes([1]) + public).decode()}\n".encode())


def copy_entries(entries):
    return json.loads(json.dumps(entries))
