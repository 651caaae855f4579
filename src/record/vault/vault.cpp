#include "record/vault/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <shared_mutex>
#include <stdexcept>

#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/crypto/sealed.h"
#include "ground/formats/text_codes.h"
#include "record/vault/key_file.h"

namespace verbatim::vault {
namespace {

using storage::Blob;
using storage::Sql;
using storage::Tx;

constexpr Sql select_proofs("SELECT id, proof FROM vault_key ORDER BY id");
constexpr Sql insert_proof("INSERT INTO vault_key (id, made_at, proof) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
constexpr Sql delete_proof("DELETE FROM vault_key WHERE id = $1");
constexpr Sql select_salt("SELECT salt FROM vault_day WHERE day = $1");
constexpr Sql insert_salt("INSERT INTO vault_day (day, salt) VALUES ($1, $2) ON CONFLICT DO NOTHING");
constexpr Sql delete_salts("DELETE FROM vault_day WHERE day < $1");

constexpr std::string_view proof_text = "the vault of this platform";
constexpr std::size_t id_size = 4;

// What makes one version of the file: another process that turned the keys shows here.
struct Stamp {
    ino_t inode = 0;
    std::int64_t seconds = 0, nanoseconds = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
};

struct Ring {
    Keys keys;
    std::string path;  // empty: keys of this process only
    Stamp stamp;
};

std::shared_mutex mutex;
std::shared_ptr<const Ring> current;

Stamp stamp_of(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return {};
    return {found.st_ino, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
}

Key make_key() { return {crypto::random_bytes(id_size), crypto::random_bytes(32)}; }

std::optional<Keys> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto keys = parse_keys(text);
    if (!keys) throw std::runtime_error(path + ": " + keys.error().message + "; restore it from the backup");
    return std::move(keys).value();
}

// Complete before it appears under its name, readable by its owner only.
void write_file(const std::string& path, const Keys& keys) {
    const auto half = path + ".new";
    const auto text = write_keys(keys);
    const int file = ::open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot write " + half + ": " + std::strerror(errno));
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!written || std::rename(half.c_str(), path.c_str()) != 0) throw std::runtime_error("cannot write " + path + ": is the disk full?");
    const auto slash = path.rfind('/');
    const int folder = ::open(slash == std::string::npos ? "." : path.substr(0, slash).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
}

void install(Keys keys, std::string path) {
    auto ring = std::make_shared<Ring>();
    ring->stamp = path.empty() ? Stamp{} : stamp_of(path);
    ring->keys = std::move(keys);
    ring->path = std::move(path);
    const std::unique_lock lock(mutex);
    current = std::move(ring);
}

// The keys this process knows. The pepper never turns, and what is sealed under a key this process does not know says so by its id.
std::shared_ptr<const Ring> known() {
    {
        const std::shared_lock lock(mutex);
        if (current) return current;
    }
    const std::unique_lock lock(mutex);
    if (!current) {
        auto own = std::make_shared<Ring>();
        own->keys = {crypto::random_bytes(32), {make_key()}};
        current = std::move(own);
    }
    return current;
}

// The keys as they are now. Another process may have turned them (`vault rotate` while a server serves): one stat() tells, and
// costs a microsecond. A write transaction that begins after the file was changed seals under the new key.
std::shared_ptr<const Ring> ring() {
    auto held = known();
    if (!held->path.empty() && stamp_of(held->path) != held->stamp) {
        if (auto keys = read_file(held->path)) {
            install(std::move(*keys), held->path);
            return known();
        }
    }
    return held;
}

std::string seal_under(const Key& key, std::string_view plain, std::string_view place) { return key.id + crypto::seal_at(key.secret, plain, place); }

std::optional<std::string> open_under(const Key& key, std::string_view sealed, std::string_view place) {
    if (sealed.substr(0, id_size) != key.id) return std::nullopt;
    return crypto::unseal_at(key.secret, sealed.substr(id_size), place);
}

}  // namespace

void open(storage::Db& db, Seconds now, const std::string& path) {
    const auto proofs = db.read([](Tx& tx) { return tx.rows<std::string, Blob>(select_proofs); });
    auto keys = read_file(path);
    if (!keys) {
        if (!proofs.empty()) {
            throw std::runtime_error("the vault's key " + path + " is missing: restore it from the backup. Without it nobody's name, address or number can be read.");
        }
        keys = Keys{crypto::random_bytes(32), {make_key()}};
        write_file(path, *keys);
    }
    for (const auto& [id, proof] : proofs) {
        bool opened = false;
        for (const auto& key : keys->keys) opened = opened || (to_hex(key.id) == id && open_under(key, proof.bytes, id) == proof_text);
        if (!opened) throw std::runtime_error("the vault's key " + path + " is not the one this database was sealed under: restore it from the backup");
    }
    const auto newest = keys->keys.front();
    if (proofs.empty() || std::none_of(proofs.begin(), proofs.end(), [&](const auto& row) { return std::get<0>(row) == to_hex(newest.id); })) {
        const auto id = to_hex(newest.id);
        const auto proof = seal_under(newest, proof_text, id);
        db.write([&](Tx& tx) { tx.exec(insert_proof, id, now, Blob{proof}); });
    }
    install(std::move(*keys), path);
}

std::string seal(std::string_view plain, std::string_view place) { return seal_under(ring()->keys.keys.front(), plain, place); }

std::string unseal(std::string_view sealed, std::string_view place) {
    const auto open = [&](const Ring& ring) -> std::optional<std::string> {
        for (const auto& key : ring.keys.keys)
            if (auto plain = open_under(key, sealed, place)) return plain;
        return std::nullopt;
    };
    auto plain = open(*known());
    if (!plain) plain = open(*ring());
    if (!plain) throw std::runtime_error("the vault does not open " + std::string(place.substr(0, place.find(' '))) + ": damaged, or sealed under a key that vault.key lacks");
    return std::move(*plain);
}

bool fresh(std::string_view sealed) { return sealed.substr(0, id_size) == ring()->keys.keys.front().id; }

std::string keyed_hash(std::string_view kind, std::string_view value) {
    if (kind.empty()) return crypto::hmac_sha256(known()->keys.pepper, value);
    std::string message(kind);
    message += '\0';
    message += value;
    return crypto::hmac_sha256(known()->keys.pepper, message);
}

std::string salt_of_day(Tx& tx, Seconds now) {
    const auto day = now / one_day;
    auto salt = tx.row<Blob>(select_salt, day);
    if (!salt) {
        tx.exec(insert_salt, day, Blob{crypto::random_bytes(32)});
        tx.exec(delete_salts, day - 1);
        salt = tx.row<Blob>(select_salt, day);
    }
    return salt->bytes;
}

void adopt_pepper(const std::string& secret32) {
    const auto held = ring();
    if (secret32.size() != 32 || held->keys.pepper == secret32) return;
    auto keys = held->keys;
    keys.pepper = secret32;
    if (!held->path.empty()) write_file(held->path, keys);
    install(std::move(keys), held->path);
}

void add_key(storage::Db& db, Seconds now) {
    const auto held = ring();
    auto keys = held->keys;
    keys.keys.insert(keys.keys.begin(), make_key());
    if (keys.keys.size() > most_keys) throw std::runtime_error("vault.key holds too many keys: seal everything again first");
    const auto id = to_hex(keys.keys.front().id);
    const auto proof = seal_under(keys.keys.front(), proof_text, id);
    // The file first: a key that seals and is not on disk would be lost.
    if (!held->path.empty()) write_file(held->path, keys);
    db.write([&](Tx& tx) { tx.exec(insert_proof, id, now, Blob{proof}); });
    install(std::move(keys), held->path);
}

void drop_old(storage::Db& db) {
    const auto held = ring();
    auto keys = held->keys;
    db.write([&](Tx& tx) {
        for (std::size_t i = 1; i < keys.keys.size(); ++i) tx.exec(delete_proof, to_hex(keys.keys[i].id));
    });
    keys.keys.resize(1);
    if (!held->path.empty()) write_file(held->path, keys);
    install(std::move(keys), held->path);
}

std::string path() { return ring()->path; }

}  // namespace verbatim::vault
