// Finding reviews by their words and by everything else that is known of them. One row and one entry of the full-text index a review
// (FTS5 on SQLite, tsvector on PostgreSQL), kept in the transaction of each step and gone with the words. What a caller may see is
// cut by branch_subject, as everywhere; the index only makes it quick.
//
// `place` is the moment of submission and a number behind it, so that newest first is the index's own order on both engines and
// a page ends as soon as it is full. What can be filtered by is a facet: a word in the same index ("r1": one star), so that any
// combination is one walk through intersected lists.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "record/reviews/leaf.h"

namespace verbatim::reviews {

enum class Order { newest, oldest, lowest };

struct Wanted {
    std::string words = {};              // as typed; every word must be there, as the beginning of one
    std::vector<int> stars = {};         // any of these; 0: none were given
    std::vector<std::string> services = {}, languages = {}, states = {}, origins = {};  // any of each
    std::vector<std::string> products = {};  // codes: of the vehicle, or of the visit's
    std::string adviser = {};            // staff e-mail of the visit
    std::optional<bool> replied = {}, in_case = {};
    Seconds from = 0, until = 0;         // submitted in [from, until); 0: open
    Order order = Order::newest;
    std::string after = {};              // `next` of the page before
    int limit = 50;
};

struct FoundReviews {
    std::vector<std::string> ids;
    std::string next;                    // "" at the end
};
// Of the subjects on `branch`. invalid: a cursor that is none.
Result<FoundReviews> search(storage::Tx& tx, std::string_view branch, const Wanted& wanted);

// The words as the index knows them: lower case, without accents, letters and digits only, in order.
struct Token {
    std::string text;
    std::size_t start = 0, end = 0;      // code points of the original
};
std::vector<Token> search_tokens(std::string_view utf8, std::size_t most = 4000);

// A piece of the text around the first word that was looked for, and where those words stand in it.
struct Snippet {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> marks;  // [start, end) in code points of `text`
    bool cut_before = false, cut_after = false;
};
Snippet snippet(std::string_view body, std::string_view looked_for, std::size_t length = 240);

// For the steps: the entry anew after whatever changed. `before`: the words as they were, where they changed.
void index_again(storage::Tx& tx, std::string_view review, const Content* before = nullptr);
void index_out(storage::Tx& tx, Seconds now, std::string_view review, const Content& before);
// Whether a case belongs to it is known one ring up, which says so here.
void index_case(storage::Tx& tx, std::string_view review);

// At start, and after rows came in by another way: indexes what is not indexed yet, in batches. Returns how many; `progress` hears it
// after each batch.
std::int64_t settle_search(storage::Db& db, const std::function<void(std::int64_t)>& progress = {});
// Everything anew (verbatim search rebuild).
std::int64_t rebuild_search(storage::Db& db, const std::function<void(std::int64_t)>& progress = {});
// An entry that went leaves its words in FTS5's older segments until these are merged. A small index is merged a moment after an
// erasure (job kind "search"), a large one by night, in bounded pieces. SQLite only; PostgreSQL has VACUUM.
enum class Tidy { after_erasure, by_night };
void tidy_search(storage::Db& db, Tidy when);

}  // namespace verbatim::reviews
