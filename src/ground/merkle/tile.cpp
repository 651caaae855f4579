#include "ground/merkle/tile.h"

#include <bit>
#include <stdexcept>

#include "ground/merkle/decimal.h"

namespace verbatim::merkle {
namespace {

constexpr std::string_view prefix = "tile/";
constexpr std::string_view entries_prefix = "entries/";
constexpr std::string_view partial_mark = ".p/";
constexpr std::size_t path_limit = 64;  // the longest: level, 7 groups of 4, partial suffix
constexpr std::uint64_t index_limit = size_limit / tile_width;

std::optional<std::uint64_t> three_digits(std::string_view text) {
    if (text.size() != 3) return std::nullopt;
    std::uint64_t value = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

// "x001/x234/067"; a leading group of zeros is a second spelling of the same number and refused.
std::optional<std::uint64_t> parse_index(std::string_view text) {
    std::uint64_t value = 0;
    bool first = true;
    while (!text.empty() && text.front() == 'x') {
        const std::size_t slash = text.find('/');
        if (slash == std::string_view::npos) return std::nullopt;
        const auto group = three_digits(text.substr(1, slash - 1));
        if (!group || (first && *group == 0)) return std::nullopt;
        value = value * 1000 + *group;
        if (value >= index_limit) return std::nullopt;
        first = false;
        text.remove_prefix(slash + 1);
    }
    const auto last = three_digits(text);
    if (!last) return std::nullopt;
    value = value * 1000 + *last;
    if (value >= index_limit) return std::nullopt;
    return value;
}

std::string encode_index(std::uint64_t index) {
    auto group = [](std::uint64_t value) {
        std::string digits = std::to_string(value % 1000);
        return std::string(3 - digits.size(), '0') + digits;
    };
    std::string out = group(index);
    while (index >= 1000) {
        index /= 1000;
        out = "x" + group(index) + "/" + out;
    }
    return out;
}

Hash hash_at(std::string_view tile, std::uint64_t position) { return *hash_from(tile.substr(position * hash_size, hash_size)); }

// The root of 2^k neighbouring hashes of a tile.
Hash complete_subtree(std::string_view hashes) {
    Frontier frontier;
    for (std::size_t i = 0; i < hashes.size() / hash_size; ++i) frontier.append(hash_at(hashes, i));
    return frontier.root();
}

}  // namespace

std::string encode(const TilePath& path) {
    std::string out(prefix);
    out += path.level == TilePath::entries ? "entries" : std::to_string(path.level);
    out += "/" + encode_index(path.index);
    if (path.width != tile_width) out += std::string(partial_mark) + std::to_string(path.width);
    return out;
}

std::optional<TilePath> parse_tile_path(std::string_view text) {
    if (text.size() > path_limit || !text.starts_with(prefix)) return std::nullopt;
    text.remove_prefix(prefix.size());
    TilePath path;
    if (text.starts_with(entries_prefix)) {
        path.level = TilePath::entries;
        text.remove_prefix(entries_prefix.size());
    } else {
        const std::size_t slash = text.find('/');
        if (slash == std::string_view::npos) return std::nullopt;
        const auto level = parse_decimal(text.substr(0, slash));
        if (!level || *level > 63) return std::nullopt;
        path.level = static_cast<int>(*level);
        text.remove_prefix(slash + 1);
    }
    if (const std::size_t mark = text.find(partial_mark); mark != std::string_view::npos) {
        const auto width = parse_decimal(text.substr(mark + partial_mark.size()));
        if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
        path.width = static_cast<unsigned>(*width);
        text = text.substr(0, mark);
    }
    const auto index = parse_index(text);
    if (!index) return std::nullopt;
    path.index = *index;
    return path;
}

unsigned width_in(std::uint64_t size, int level, std::uint64_t index) {
    const unsigned shift = tile_height * static_cast<unsigned>(level == TilePath::entries ? 0 : level);
    if (shift >= 64) return 0;
    const std::uint64_t hashes = size >> shift;
    if (index >= index_limit || index * tile_width >= hashes) return 0;
    const std::uint64_t rest = hashes - index * tile_width;
    return rest < tile_width ? static_cast<unsigned>(rest) : tile_width;
}

bool is_in(std::uint64_t size, const TilePath& path) { return path.width > 0 && path.width <= width_in(size, path.level, path.index); }

std::optional<TilePath> tile_at(std::uint64_t size, int level, std::uint64_t index) {
    TilePath path;
    path.level = level;
    path.index = index;
    path.width = width_in(size, level, index);
    if (path.width == 0) return std::nullopt;
    return path;
}

const std::string* TileNodes::tile(int level, std::uint64_t index) {
    const auto key = std::make_pair(level, index);
    if (const auto found = read_.find(key); found != read_.end()) return &found->second;
    const auto path = tile_at(size_, level, index);
    if (!path) return nullptr;
    auto bytes = reader_(*path);
    if (!bytes || bytes->size() != path->width * hash_size) return nullptr;
    return &(read_[key] = std::move(*bytes));
}

std::optional<Hash> TileNodes::node(unsigned height, std::uint64_t index) {
    if (height >= 63 || index >= (size_limit >> height)) return std::nullopt;
    const unsigned level = height / tile_height;
    const std::uint64_t count = std::uint64_t{1} << (height % tile_height);
    const std::uint64_t first = index * count;
    const std::string* const bytes = tile(static_cast<int>(level), first / tile_width);
    const std::uint64_t position = first % tile_width;
    if (bytes == nullptr || bytes->size() < (position + count) * hash_size) return std::nullopt;
    return complete_subtree(std::string_view(*bytes).substr(position * hash_size, count * hash_size));
}

std::optional<GrowingTree> GrowingTree::restore(std::uint64_t size, std::vector<std::string> open_tiles) {
    if (size >= size_limit) return std::nullopt;
    while (!open_tiles.empty() && open_tiles.back().empty()) open_tiles.pop_back();
    if (open_tiles.size() > tile_levels) return std::nullopt;
    open_tiles.resize(tile_levels);
    std::vector<Hash> peaks;
    for (unsigned level = tile_levels; level-- > 0;) {
        std::string_view tile = open_tiles[level];
        const unsigned width = static_cast<unsigned>(size >> (tile_height * level)) % tile_width;
        if (tile.size() != width * hash_size) return std::nullopt;
        while (!tile.empty()) {
            const std::size_t part = std::bit_floor(tile.size() / hash_size) * hash_size;
            peaks.push_back(complete_subtree(tile.substr(0, part)));
            tile.remove_prefix(part);
        }
    }
    auto frontier = Frontier::restore(size, std::move(peaks));
    if (!frontier) return std::nullopt;
    GrowingTree tree;
    tree.frontier_ = std::move(*frontier);
    tree.open_ = std::move(open_tiles);
    return tree;
}

void append_to_bundle(std::string& bundle, std::string_view entry) {
    if (entry.size() > entry_limit) throw std::invalid_argument("a log entry has at most 65,535 bytes");
    bundle += static_cast<char>(entry.size() >> 8);
    bundle += static_cast<char>(entry.size() & 0xff);
    bundle += entry;
}

std::optional<std::vector<std::string_view>> parse_bundle(std::string_view bundle, unsigned count) {
    if (count == 0 || count > tile_width) return std::nullopt;
    std::vector<std::string_view> entries;
    entries.reserve(count);
    while (!bundle.empty()) {
        if (bundle.size() < 2 || entries.size() == count) return std::nullopt;
        const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0])) << 8 | static_cast<unsigned char>(bundle[1]);
        bundle.remove_prefix(2);
        if (bundle.size() < size) return std::nullopt;
        entries.push_back(bundle.substr(0, size));
        bundle.remove_prefix(size);
    }
    if (entries.size() != count) return std::nullopt;
    return entries;
}

}  // namespace verbatim::merkle
