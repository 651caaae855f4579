// The organisation as a tree, opened node by node: brand -> country -> group -> dealer -> site -> adviser, and models -> versions. Everything
// is cut by the reader's branch, so who reaches one site sees one site, whatever he opens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"

namespace verbatim::network {

struct Node {
    std::string branch, kind, name;  // kind: country group dealer site adviser product
    std::int64_t sites = 0;          // of the reader's, below it
    bool reached = false;            // all of it lies within the reader's branch: it may be given as ?branch=
    bool opens = false;              // there is something below
    std::string place() const { return kind + "\n" + branch; }  // where the next page begins
};
// What lies below `under`: "" for the reader's own top, "products" for the models, else a branch. At most `limit`, after place().
std::vector<Node> organisation(storage::Tx& tx, std::string_view reader, std::string_view under, std::string_view after, int limit);

class Organisation {
public:
    explicit Organisation(storage::Db& db) : db_(db) {}
    std::vector<Node> below(std::string_view reader, std::string_view under, std::string_view after, int limit) const {
        return db_.read([&](storage::Tx& tx) { return organisation(tx, reader, under, after, limit); });
    }

private:
    storage::Db& db_;
};

}  // namespace verbatim::network
