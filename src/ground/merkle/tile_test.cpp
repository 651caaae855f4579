#include "ground/merkle/tile.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <stdexcept>

namespace verbatim::merkle {
namespace {

TilePath path_of(int level, std::uint64_t index, unsigned width = tile_width) {
    TilePath path;
    path.level = level;
    path.index = index;
    path.width = width;
    return path;
}

TEST(Tiles, TLG4_PathsAsTheSpecificationWritesThem) {
    EXPECT_EQ(encode(path_of(0, 1234067)), "tile/0/x001/x234/067");
    EXPECT_EQ(encode(path_of(2, 5, 17)), "tile/2/005.p/17");
    EXPECT_EQ(encode(path_of(TilePath::entries, 0, 255)), "tile/entries/000.p/255");
    EXPECT_EQ(encode(path_of(TilePath::entries, 1000)), "tile/entries/x001/000");
    EXPECT_EQ(parse_tile_path("tile/0/x001/x234/067"), path_of(0, 1234067));
    EXPECT_EQ(parse_tile_path("tile/entries/000.p/5"), path_of(TilePath::entries, 0, 5));
    EXPECT_EQ(parse_tile_path("tile/63/000"), path_of(63, 0));
}

TEST(Tiles, TLG4_OtherSpellingsAreRefused) {
    for (const char* text : {"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000",
                             "tile/0/x000/067", "tile/0/001/067", "tile/0/x001/x067", "tile/0/x001", "tile/0/x001/", "tile/0/000.p/0", "tile/0/000.p/256",
                             "tile/0/000.p/05", "tile/0/000.p/", "tile/0/000.p", "tile/0/000.p/5/", "tile/0/000.p/5.p/5", "/tile/0/000", "tile/0/000/",
                             "tile//000", "tile/data/000", "tile/entries/", "tile/entries/x1/000", "tile/0/+00", "tile/0/ 00", "tile/0/00a", "Tile/0/000",
                             "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/x036/x028/x797/x018/x963/968"})
        EXPECT_FALSE(parse_tile_path(text)) << text;
    EXPECT_FALSE(parse_tile_path(std::string_view("tile/0/000\0", 11)));
    // The last index a tree below 2^63 can have: 2^55 - 1.
    EXPECT_EQ(parse_tile_path("tile/0/x036/x028/x797/x018/x963/967"), path_of(0, (std::uint64_t{1} << 55) - 1));
}

TEST(Tiles, TLG4_EveryPathIsParsedBack) {
    EXPECT_TRUE(rc::check("parse(encode(path)) == path", [] {
        const auto index = *rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(9, 64);
        const auto path = path_of(*rc::gen::inRange(-1, 64), index, static_cast<unsigned>(*rc::gen::inRange(1, 257)));
        RC_ASSERT(parse_tile_path(encode(path)) == path);
    }));
}

TEST(Tiles, TLG4_WidthsOfTheSpecificationsExample) {
    // A tree of 70,000: 273 full level 0 tiles and one of 112, one full level 1 tile and one of 17, one level 2 tile of 1.
    EXPECT_EQ(width_in(70000, 0, 272), 256u);
    EXPECT_EQ(width_in(70000, 0, 273), 112u);
    EXPECT_EQ(width_in(70000, 0, 274), 0u);
    EXPECT_EQ(width_in(70000, 1, 0), 256u);
    EXPECT_EQ(width_in(70000, 1, 1), 17u);
    EXPECT_EQ(width_in(70000, 2, 0), 1u);
    EXPECT_EQ(width_in(70000, 3, 0), 0u);
    EXPECT_EQ(width_in(70000, TilePath::entries, 273), 112u);
    EXPECT_EQ(width_in(256, 0, 0), 256u);
    EXPECT_EQ(width_in(256, 0, 1), 0u);
    EXPECT_EQ(width_in(256, 1, 0), 1u);
    EXPECT_EQ(width_in(0, 0, 0), 0u);
    EXPECT_EQ(width_in(size_limit - 1, 63, 0), 0u);
    EXPECT_TRUE(is_in(70000, path_of(0, 273, 112)));
    EXPECT_TRUE(is_in(70000, path_of(0, 273, 5)));
    EXPECT_FALSE(is_in(70000, path_of(0, 273, 113)));
    EXPECT_FALSE(is_in(70000, path_of(0, 273)));
    EXPECT_FALSE(is_in(70000, path_of(0, 272, 0)));
}

struct Stored {
    GrowingTree tree;
    std::map<std::string, std::string> full;

    void append(const Hash& leaf) {
        tree.append(leaf, [this](const TilePath& path, const std::string& bytes) { full[encode(path)] = bytes; });
    }
    TileReader reader() const {
        return [this](const TilePath& path) -> std::optional<std::string> {
            if (path.width == tile_width) {
                const auto found = full.find(encode(path));
                return found == full.end() ? std::nullopt : std::optional(found->second);
            }
            return tree.open_tiles().at(static_cast<std::size_t>(path.level)).substr(0, path.width * hash_size);
        };
    }
};

TEST(Tiles, TLG4_ProofsFromTilesAndAGrowingTreeAgreeWithTheFrontier) {
    Stored stored;
    Frontier frontier;
    std::vector<Hash> leaves;
    for (std::uint64_t size = 1; size <= 66'000; ++size) {
        leaves.push_back(leaf_hash(std::to_string(size)));
        stored.append(leaves.back());
        frontier.append(leaves.back());
        const bool edge = size % 256 < 2 || size % 65'536 < 300;
        if (!edge && size % 977 != 0) continue;
        ASSERT_EQ(stored.tree.root(), frontier.root()) << size;
        TileNodes nodes(size, stored.reader());
        ASSERT_EQ(root_of(size, nodes.reader()), frontier.root()) << size;
        const std::uint64_t index = size * 7919 % size;
        for (const std::uint64_t place : {index, size - 1, size / 2}) {
            const auto proof = inclusion_proof(place, size, nodes.reader());
            ASSERT_TRUE(proof) << place << " of " << size;
            ASSERT_TRUE(verify_inclusion(place, size, leaves[place], *proof, frontier.root())) << place << " of " << size;
        }
        const auto again = GrowingTree::restore(size, stored.tree.open_tiles());
        ASSERT_TRUE(again) << size;
        ASSERT_EQ(again->root(), frontier.root()) << size;
    }
}

TEST(Tiles, AGrowingTreeIsNotRestoredFromTilesOfAnotherSize) {
    Stored stored;
    for (int i = 0; i < 300; ++i) stored.append(leaf_hash(std::to_string(i)));
    EXPECT_TRUE(GrowingTree::restore(300, stored.tree.open_tiles()));
    EXPECT_FALSE(GrowingTree::restore(301, stored.tree.open_tiles()));
    EXPECT_FALSE(GrowingTree::restore(44, stored.tree.open_tiles()));
    EXPECT_FALSE(GrowingTree::restore(1, {"short"}));
    EXPECT_TRUE(GrowingTree::restore(0, {}));
}

TEST(Tiles, ATileThatIsShortOrMissingGivesNoNode) {
    TileNodes missing(300, [](const TilePath&) { return std::optional<std::string>(); });
    EXPECT_FALSE(missing.node(0, 0));
    TileNodes brief(300, [](const TilePath&) { return std::optional<std::string>("x"); });
    EXPECT_FALSE(brief.node(0, 0));
    TileNodes whole(300, [](const TilePath& path) { return std::optional<std::string>(std::string(path.width * hash_size, 'h')); });
    EXPECT_TRUE(whole.node(0, 299));
    EXPECT_FALSE(whole.node(0, 300));
    EXPECT_FALSE(whole.node(6, 4));
    EXPECT_FALSE(whole.node(63, 0));
}

TEST(Bundles, TLG4_EntriesAreReadBack) {
    const std::string long_entry(entry_limit, 'e');
    std::string bundle;
    append_to_bundle(bundle, "{}");
    append_to_bundle(bundle, "");
    append_to_bundle(bundle, long_entry);
    EXPECT_EQ(bundle.substr(0, 6), std::string("\0\x02{}\0\0", 6));
    const auto entries = parse_bundle(bundle, 3);
    ASSERT_TRUE(entries);
    EXPECT_EQ(*entries, (std::vector<std::string_view>{"{}", "", long_entry}));
    EXPECT_FALSE(parse_bundle(bundle, 2));
    EXPECT_FALSE(parse_bundle(bundle, 4));
    EXPECT_FALSE(parse_bundle(bundle + "x", 3));
    EXPECT_FALSE(parse_bundle(std::string_view(bundle).substr(0, bundle.size() - 1), 3));
    EXPECT_FALSE(parse_bundle("", 0));
    EXPECT_FALSE(parse_bundle("", 257));
    EXPECT_THROW(append_to_bundle(bundle, long_entry + "e"), std::invalid_argument);
}

}  // namespace
}  // namespace verbatim::merkle
