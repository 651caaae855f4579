// A log as a server keeps it, for tests: leaves are added, and written as signed files below /log/.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/verify/verify.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"
#include "ground/merkle/tile.h"

namespace verbatim::verify::test {

using nlohmann::json;

constexpr Seconds now = 1'800'000'000;
inline const std::string name = "reviews.example/log";
inline const crypto::Ed25519Key key = crypto::Ed25519Key::from_seed(std::string(32, 'k'));
inline const std::string vkey = merkle::encode(*merkle::verifier_key(name, key.public_key));

inline std::string commitment(const std::string& words) { return to_base64(crypto::sha256(words)); }

// A log as a server keeps it: files below /log/ by path.
struct TestLog {
    std::vector<std::string> leaves;
    std::map<std::string, std::string, std::less<>> files;

    void add(const json& leaf) { leaves.push_back(canonical_json(leaf)); }
    void collected(const std::string& review, const std::string& subject, Seconds at = now) {
        add({{"v", 1}, {"at", at}, {"kind", "collected"}, {"review", review}, {"subject", subject}, {"service", "workshop"}, {"origin", "spontaneous"}, {"commitment", commitment(review)}});
    }
    void published(const std::string& review, const std::string& subject, int rating, Seconds at = now) {
        add({{"v", 1}, {"at", at}, {"kind", "published"}, {"review", review}, {"subject", subject}, {"service", "workshop"}, {"rating", rating}, {"experience_on", "2026-11-01"}, {"commitment", commitment(review)}});
    }
    void review(const std::string& id, const std::string& subject, int rating, Seconds at = now) {
        collected(id, subject, at);
        published(id, subject, rating, at);
    }

    void write() {
        files.clear();
        merkle::GrowingTree tree;
        std::string bundle;
        const auto keep_bundle = [&] {
            merkle::TilePath path;
            path.level = merkle::TilePath::entries;
            path.index = (tree.size() - 1) / merkle::tile_width;
            path.width = static_cast<unsigned>((tree.size() - 1) % merkle::tile_width) + 1;
            files[merkle::encode(path)] = std::exchange(bundle, {});
        };
        for (const auto& leaf : leaves) {
            tree.append(merkle::leaf_hash(leaf), [&](const merkle::TilePath& path, const std::string& bytes) { files[merkle::encode(path)] = bytes; });
            merkle::append_to_bundle(bundle, leaf);
            if (tree.size() % merkle::tile_width == 0) keep_bundle();
        }
        if (!bundle.empty()) keep_bundle();
        for (std::size_t level = 0; level < tree.open_tiles().size(); ++level) {
            if (tree.open_tiles()[level].empty()) continue;
            files[merkle::encode(*merkle::tile_at(tree.size(), static_cast<int>(level), (tree.size() >> (8 * level)) / 256))] = tree.open_tiles()[level];
        }
        merkle::Checkpoint checkpoint;
        checkpoint.origin = name;
        checkpoint.size = tree.size();
        checkpoint.root = tree.root();
        files["checkpoint"] = merkle::sign_note(merkle::encode(checkpoint), name, key);
        files["key"] = vkey + "\n";
    }

    Source source() {
        Source made;
        made.log = [this](std::string_view path) -> Result<std::string> {
            const auto found = files.find(path);
            if (found == files.end()) return not_found("no_file", std::string(path) + " is not there");
            return found->second;
        };
        return made;
    }
};

inline std::string rating_json(const std::string& subject, const std::string& average, std::array<int, 5> stars, Seconds to = now) {
    json shown = {{"subject", subject}, {"count", stars[0] + stars[1] + stars[2] + stars[3] + stars[4]}, {"distribution", stars}, {"gathered", json::array()},
                  {"window", {{"from", format_moment(months_before(to, 24))}, {"to", format_moment(to)}}}};
    shown["average"] = average.empty() ? json(nullptr) : json(std::stod(average));
    return shown.dump();
}

}  // namespace verbatim::verify::test
