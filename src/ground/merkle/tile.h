// C2SP tlog-tiles: the tree cut into tiles of 256 hashes, 8 levels of nodes each, and the entries into bundles of 256.
// https://c2sp.org/tlog-tiles (norm TLG-4). Pure: reading a tile is a function the caller gives.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ground/merkle/tree.h"

namespace verbatim::merkle {

inline constexpr unsigned tile_height = 8;
inline constexpr unsigned tile_width = 256;
inline constexpr unsigned tile_levels = 8;  // levels a tree below 2^63 can have; higher tiles are always empty
inline constexpr std::size_t hash_size = 32;
inline constexpr std::size_t entry_limit = 65535;  // bytes of one entry

// Which tile, or which bundle of entries.
struct TilePath {
    static constexpr int entries = -1;  // as level

    int level = 0;               // 0..63, or `entries`
    std::uint64_t index = 0;
    unsigned width = tile_width; // 1..255: a partial tile

    friend bool operator==(const TilePath&, const TilePath&) = default;
};

// "tile/0/x001/x234/067", "tile/entries/000.p/5": below the log's prefix. parse takes exactly what encode writes.
std::string encode(const TilePath& path);
std::optional<TilePath> parse_tile_path(std::string_view text);

// How many hashes (or entries) the tile holds in a tree of that size: 0 where it is not there, else up to 256.
unsigned width_in(std::uint64_t size, int level, std::uint64_t index);
// Is this path's tile part of the tree, as a full tile or as a prefix of one? Width 0 never is.
bool is_in(std::uint64_t size, const TilePath& path);
// The tile with the width it has in a tree of that size.
std::optional<TilePath> tile_at(std::uint64_t size, int level, std::uint64_t index);

// Gives a tile's bytes, width * 32 of them; nothing where it cannot be had.
using TileReader = std::function<std::optional<std::string>(const TilePath&)>;

// Reads nodes out of the tiles of a tree of one size; keeps the tiles it has read, so make one for each question.
class TileNodes {
public:
    TileNodes(std::uint64_t size, TileReader reader) : size_(size), reader_(std::move(reader)) {}
    std::optional<Hash> node(unsigned height, std::uint64_t index);
    NodeReader reader() {
        return [this](unsigned height, std::uint64_t index) { return node(height, index); };
    }

private:
    const std::string* tile(int level, std::uint64_t index);

    std::uint64_t size_;
    TileReader reader_;
    std::map<std::pair<int, std::uint64_t>, std::string> read_;
};

// A tree that grows at its right edge and writes its tiles: the frontier and each level's open tile, nothing else.
class GrowingTree {
public:
    GrowingTree() = default;
    // From the open (partial) tiles of each level, lowest first, missing or "" where a level has none; nothing when
    // their lengths do not fit the size.
    static std::optional<GrowingTree> restore(std::uint64_t size, std::vector<std::string> open_tiles);

    std::uint64_t size() const { return frontier_.size(); }
    Hash root() const { return frontier_.root(); }
    // filled(path, bytes) is called for every tile that this leaf fills.
    template <class F>
    void append(const Hash& leaf, F&& filled);
    // The bytes of each level's open tile, lowest first.
    const std::vector<std::string>& open_tiles() const { return open_; }

private:
    Frontier frontier_;
    std::vector<std::string> open_;
};

// Entry bundles: a big-endian uint16 length before each entry.
void append_to_bundle(std::string& bundle, std::string_view entry);  // throws std::invalid_argument above entry_limit
// The views lie in the bundle; nothing unless it holds exactly `count` entries and not a byte more.
std::optional<std::vector<std::string_view>> parse_bundle(std::string_view bundle, unsigned count);

template <class F>
void GrowingTree::append(const Hash& leaf, F&& filled) {
    const std::uint64_t index = frontier_.size();
    frontier_.append(leaf, [&](unsigned height, const Hash& hash) {
        if (height % tile_height != 0) return;
        const unsigned level = height / tile_height;
        if (open_.size() <= level) open_.resize(level + 1);
        std::string& tile = open_[level];
        tile.append(bytes_of(hash));
        if (tile.size() < tile_width * hash_size) return;
        TilePath path;
        path.level = static_cast<int>(level);
        path.index = index >> (tile_height * (level + 1));
        filled(path, tile);
        tile.clear();
    });
}

}  // namespace verbatim::merkle
