// What two words have alike from some letter on, with the same rules at its end, stands in the tree once: the endings of a pattern
// are the same for all its beginnings. Nothing is found differently; the image is a third of its size.
#include "ground/text/lexicon.h"

#include <map>

namespace verbatim::text {

void Lexicon::share(std::vector<Node>& nodes) {
    // Lists of items that say the same get one number. Items of a list lie one behind the other up to the last.
    std::map<std::vector<std::uint32_t>, std::uint32_t> lists;
    const auto same_items = [&](std::uint32_t first) {
        if (first == 0) return std::uint32_t{0};
        std::vector<std::uint32_t> key;
        for (std::uint32_t index = first;; ++index) {
            const Item& item = owned_.items[index];
            key.push_back(item.rule);
            key.push_back(item.exact);
            if (item.last) break;
        }
        return lists.emplace(std::move(key), first).first->second;
    };
    // From the leaves up: the children of a node are a block, and equal blocks are one. Block 0 has no children.
    std::map<std::vector<std::uint32_t>, std::uint32_t> numbers;
    std::vector<std::vector<std::uint32_t>> blocks(1);
    std::vector<std::uint32_t> block_of(nodes.size(), 0);
    for (std::size_t at = nodes.size(); at-- > 0;) {
        Node& node = nodes[at];
        node.items = same_items(node.items);
        const auto children = count_bits(node.children);
        if (children == 0) continue;
        std::vector<std::uint32_t> key;
        key.reserve(children * 3);
        for (std::uint32_t i = node.first; i < node.first + children; ++i) key.insert(key.end(), {nodes[i].children, nodes[i].items, block_of[i]});
        const auto [found, added] = numbers.emplace(std::move(key), static_cast<std::uint32_t>(blocks.size()));
        if (added) blocks.push_back(found->first);
        block_of[at] = found->second;
    }
    // Blocks in the order in which they are first met from the root, so that the beginnings of words lie together.
    std::vector<Node> shared{nodes.front()};
    std::vector<std::uint32_t> first_of(blocks.size(), 0), waiting{block_of.front()};
    for (std::size_t next = 0; next < waiting.size(); ++next) {
        const std::uint32_t block = waiting[next];
        if (block == 0 || first_of[block] != 0) continue;
        first_of[block] = static_cast<std::uint32_t>(shared.size());
        for (std::size_t i = 0; i < blocks[block].size(); i += 3) {
            shared.push_back({blocks[block][i], blocks[block][i + 2], blocks[block][i + 1]});
            waiting.push_back(blocks[block][i + 2]);
        }
    }
    shared.front().first = block_of.front();
    for (Node& node : shared) node.first = first_of[node.first];
    nodes = std::move(shared);
}

// Lists of items that no node names any more are left out.
void Lexicon::drop_unnamed_items() {
    std::vector<Item> kept(1, Item{});
    std::vector<std::uint32_t> moved(owned_.items.size(), 0);
    for (std::vector<Node>* nodes : {&owned_.forward, &owned_.backward, &owned_.inside, &owned_.context}) {
        for (Node& node : *nodes) {
            if (node.items == 0) continue;
            if (moved[node.items] == 0) {
                moved[node.items] = static_cast<std::uint32_t>(kept.size());
                for (std::uint32_t index = node.items;; ++index) {
                    kept.push_back(owned_.items[index]);
                    if (owned_.items[index].last) break;
                }
            }
            node.items = moved[node.items];
        }
    }
    owned_.items = std::move(kept);
}

}  // namespace verbatim::text
