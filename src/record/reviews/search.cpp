#include "record/reviews/search.h"

#include <algorithm>
#include <atomic>
#include <charconv>

#include "engine/jobs/jobs.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "record/reviews/store.h"

namespace verbatim::reviews {

std::string search_stem(const std::string& word);  // search_text.cpp

namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int serial_bits = 20;          // of a place, behind the second
constexpr int batch = 2000;
constexpr std::size_t most_words = 12;   // of one query
// A branch of so few subjects is named in the query itself; a larger one fills every page quickly while the list is walked.
constexpr int few_subjects = 64;
constexpr std::int64_t small_index = 100'000;  // entries merged in one go, in a second or two
constexpr int night_pieces = 2000;             // of a thousand pages each

// Everything of one review that the index needs.
#define SEARCH_SOURCE                                                                                                                     \
    "SELECT r.id, r.subject, r.submitted_at, r.rating, r.service, COALESCE(r.lang, ''), r.state, r.origin, COALESCE(r.title, ''), "       \
    "COALESCE(r.body, ''), COALESCE(e.product, ''), COALESCE(e.adviser, ''), "                                                            \
    "CASE WHEN EXISTS (SELECT 1 FROM reply p WHERE p.review = r.id AND p.state <> 'refused') THEN 1 ELSE 0 END, "                         \
    "CASE WHEN EXISTS (SELECT 1 FROM review_case k WHERE k.review = r.id) THEN 1 ELSE 0 END "                                             \
    "FROM review r LEFT JOIN experience e ON e.id = r.experience "
constexpr Sql select_source(SEARCH_SOURCE "WHERE r.id = $1");
// In the order of the places: the index grows at its end, and rows written together are read together.
constexpr Sql select_batch(SEARCH_SOURCE "WHERE (r.submitted_at, r.id) > ($1, $2) AND r.state <> 'erased' ORDER BY r.submitted_at, r.id LIMIT $3");

constexpr Sql select_entry("SELECT place, facets FROM review_search WHERE review = $1");
constexpr Sql insert_entry(R"sql(
INSERT INTO review_search (place, review, subject, rating, submitted_at, facets) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING)sql",
R"sql(
INSERT INTO review_search (place, review, subject, rating, submitted_at, facets, words)
VALUES ($1, $2, $3, $4, $5, $6, strip(to_tsvector($7::text::regconfig, $8)) || $6::text::tsvector) ON CONFLICT DO NOTHING)sql");
constexpr Sql update_entry("UPDATE review_search SET rating = $2, facets = $3 WHERE place = $1",
                           "UPDATE review_search SET rating = $2, facets = $3, words = strip(to_tsvector($4::text::regconfig, $5)) || $3::text::tsvector WHERE place = $1");
constexpr Sql delete_entry("DELETE FROM review_search WHERE place = $1");
constexpr Sql insert_words("INSERT INTO review_words (rowid, words, facets) VALUES ($1, $2, $3)", "SELECT 1");
constexpr Sql delete_words("INSERT INTO review_words (review_words, rowid, words, facets) VALUES ('delete', $1, $2, $3)", "SELECT 1");
constexpr Sql mark_case("INSERT INTO review_case (review) VALUES ($1) ON CONFLICT DO NOTHING");

constexpr Sql select_upto("SELECT upto FROM review_search_upto");
constexpr Sql set_upto("UPDATE review_search_upto SET upto = $1");
constexpr Sql clear_entries("DELETE FROM review_search");
constexpr Sql clear_words("INSERT INTO review_words (review_words) VALUES ('delete-all')", "SELECT 1");
constexpr Sql begin_merge("INSERT INTO review_words (review_words, rank) VALUES ('merge', -1000)", "SELECT 1");
constexpr Sql merge_words("INSERT INTO review_words (review_words, rank) VALUES ('merge', 1000)", "SELECT 1");
constexpr Sql optimize_words("INSERT INTO review_words (review_words) VALUES ('optimize')", "SELECT 1");
constexpr Sql count_entries("SELECT COUNT(*) FROM (SELECT 1 FROM review_search LIMIT $1) AS few");

constexpr Sql select_subjects("SELECT subject FROM branch_subject WHERE branch = $1 ORDER BY subject LIMIT $2");

// The four walks. On SQLite CROSS JOIN keeps the order of the tables: the index first, the branch for each row.
constexpr Sql walk_newest(
    "SELECT s.place, s.review FROM review_search s CROSS JOIN branch_subject b WHERE b.branch = $1 AND b.subject = s.subject "
    "AND s.place < $3 AND s.place >= $2 ORDER BY s.place DESC LIMIT $4");
constexpr Sql walk_oldest(
    "SELECT s.place, s.review FROM review_search s CROSS JOIN branch_subject b WHERE b.branch = $1 AND b.subject = s.subject "
    "AND s.place > $2 AND s.place < $3 ORDER BY s.place LIMIT $4");
constexpr Sql match_newest(
    "SELECT s.place, s.review FROM review_words w CROSS JOIN review_search s CROSS JOIN branch_subject b WHERE w.review_words MATCH $5 AND s.place = w.rowid "
    "AND b.branch = $1 AND b.subject = s.subject AND w.rowid < $3 AND w.rowid >= $2 ORDER BY w.rowid DESC LIMIT $4",
    "SELECT s.place, s.review FROM review_search s JOIN branch_subject b ON b.branch = $1 AND b.subject = s.subject WHERE s.words @@ $5::text::tsquery "
    "AND s.place < $3 AND s.place >= $2 ORDER BY s.place DESC LIMIT $4");
constexpr Sql match_oldest(
    "SELECT s.place, s.review FROM review_words w CROSS JOIN review_search s CROSS JOIN branch_subject b WHERE w.review_words MATCH $5 AND s.place = w.rowid "
    "AND b.branch = $1 AND b.subject = s.subject AND w.rowid > $2 AND w.rowid < $3 ORDER BY w.rowid LIMIT $4",
    "SELECT s.place, s.review FROM review_search s JOIN branch_subject b ON b.branch = $1 AND b.subject = s.subject WHERE s.words @@ $5::text::tsquery "
    "AND s.place > $2 AND s.place < $3 ORDER BY s.place LIMIT $4");

// PostgreSQL guesses how rare words are that stand together, and where it guesses wrong it walks the whole clock for one review. So the newest
// are looked through first: what none of them holds is rare, and asked of the index of words.
constexpr std::int64_t sampled = 3000;
constexpr Sql count_sample("SELECT 0", "SELECT COUNT(*) FROM (SELECT s.words FROM review_search s WHERE s.place >= $1 AND s.place < $2 ORDER BY s.place DESC LIMIT $4) w "
                                       "WHERE w.words @@ $3::text::tsquery");
// Asked of the index are the words alone, each language's once: with the language beside each, it would go through the list of all reviews of it.
// Whether the language is right is asked of what was found (IS TRUE keeps that from the index).
#define RARE "SELECT s.place, s.review FROM review_search s JOIN branch_subject b ON b.branch = $1 AND b.subject = s.subject WHERE s.words @@ $6::text::tsquery " \
             "AND (s.words @@ $5::text::tsquery) IS TRUE "
constexpr Sql rare_newest("SELECT 1", RARE "AND s.place < $3 AND s.place >= $2 ORDER BY s.place DESC LIMIT $4");
constexpr Sql rare_oldest("SELECT 1", RARE "AND s.place > $2 AND s.place < $3 ORDER BY s.place LIMIT $4");
constexpr Sql by_words("SELECT 1", "SELECT set_config('enable_indexscan', 'off', true), set_config('enable_seqscan', 'off', true)");
constexpr Sql as_before("SELECT 1", "SELECT set_config('enable_indexscan', 'on', true), set_config('enable_seqscan', 'on', true)");

// PostgreSQL: the words in each language's own stems, held to reviews of that language; a language without stems of its own by
// the beginnings of words.
constexpr Sql stems("SELECT ''", R"sql(
SELECT COALESCE(string_agg('(' || q || ' & ''/l' || lang || ''')', ' | '), '') FROM (
  SELECT lang, to_tsquery(config::regconfig, $1)::text AS q FROM (VALUES ('da', 'danish'), ('de', 'german'), ('en', 'english'), ('es', 'spanish'),
    ('fi', 'finnish'), ('fr', 'french'), ('hu', 'hungarian'), ('it', 'italian'), ('nl', 'dutch'), ('no', 'norwegian'), ('pt', 'portuguese'),
    ('ro', 'romanian'), ('ru', 'russian'), ('sv', 'swedish'), ('tr', 'turkish')) AS known (lang, config)) AS each_language WHERE q <> '')sql");

constexpr Sql stems_alone("SELECT ''", R"sql(
SELECT COALESCE(string_agg('(' || q || ')', ' | '), '') FROM (
  SELECT DISTINCT to_tsquery(config::regconfig, $1)::text AS q FROM (VALUES ('danish'), ('german'), ('english'), ('spanish'), ('finnish'), ('french'), ('hungarian'),
    ('italian'), ('dutch'), ('norwegian'), ('portuguese'), ('romanian'), ('russian'), ('swedish'), ('turkish')) AS known (config)) AS each_language WHERE q <> '')sql");

constexpr std::pair<std::string_view, std::string_view> configurations[] = {
    {"da", "danish"}, {"de", "german"}, {"en", "english"}, {"es", "spanish"}, {"fi", "finnish"}, {"fr", "french"}, {"hu", "hungarian"}, {"it", "italian"},
    {"nl", "dutch"}, {"no", "norwegian"}, {"pt", "portuguese"}, {"ro", "romanian"}, {"ru", "russian"}, {"sv", "swedish"}, {"tr", "turkish"}};

std::string_view configuration_of(std::string_view language) {
    for (const auto& [code, name] : configurations) {
        if (code == language) return name;
    }
    return "simple";
}

struct Source {
    std::string id, subject, service, lang, state, origin, title, body, product, adviser;
    Seconds submitted_at = 0;
    std::optional<int> rating;
    bool replied = false, in_case = false;
};

Source read_source(const Row& row) {
    Source source;
    source.id = row.text(0);
    source.subject = row.text(1);
    source.submitted_at = row.integer(2);
    if (!row.is_null(3)) source.rating = static_cast<int>(row.integer(3));
    source.service = row.text(4);
    source.lang = row.text(5);
    source.state = row.text(6);
    source.origin = row.text(7);
    source.title = row.text(8);
    source.body = row.text(9);
    source.product = row.text(10);
    source.adviser = row.text(11);
    source.replied = row.integer(12) != 0;
    source.in_case = row.integer(13) != 0;
    return source;
}

// A code of any letters as letters of which no tokenizer makes two words.
std::string hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const unsigned char c : text.substr(0, 200)) {
        out += digits[c >> 4];
        out += digits[c & 15];
    }
    return out;
}

std::string language_of(std::string_view lang) { return std::string(lang.substr(0, lang.find('-'))); }

std::vector<std::string> facets_of(const Source& source) {
    std::vector<std::string> all = {"r" + std::to_string(source.rating.value_or(0)), "t" + source.state, "o" + source.origin, "u" + hex(source.subject),
                                    source.replied ? "y1" : "y0", source.in_case ? "c1" : "c0", "l" + language_of(source.lang)};
    if (!source.service.empty()) all.push_back("s" + hex(source.service));
    const auto product = source.subject.rfind("product:", 0) == 0 ? source.subject.substr(8) : source.product;
    if (!product.empty()) all.push_back("m" + hex(product));
    if (!source.adviser.empty()) all.push_back("a" + hex(source.adviser));
    return all;
}

// "r1 tpublished ..." for FTS5, "'/r1' '/tpublished' ..." for a tsvector: a '/' stands in no word.
std::string facet_text(storage::Engine engine, const Source& source) {
    std::string out;
    for (const auto& facet : facets_of(source)) {
        if (!out.empty()) out += ' ';
        out += engine == storage::Engine::sqlite ? facet : "'/" + facet + "'";
    }
    return out;
}

std::string words_text(std::string_view title, std::string_view body) {
    std::string out;
    for (const auto text : {title, body}) {
        for (const auto& token : search_tokens(text)) {
            if (!out.empty()) out += ' ';
            out += token.text;
        }
    }
    return out;
}

std::int64_t place_of(Seconds submitted_at) {
    static std::atomic<std::uint32_t> count{static_cast<std::uint32_t>(crypto::random_bytes(1)[0]) << 8};
    return (submitted_at << serial_bits) | (count.fetch_add(1, std::memory_order_relaxed) & ((1 << serial_bits) - 1));
}

void put_in(Tx& tx, const Source& source) {
    const auto facets = facet_text(tx.engine(), source);
    const auto words = words_text(source.title, source.body);
    for (int attempt = 0;; ++attempt) {
        const auto place = place_of(source.submitted_at);
        const auto taken = tx.engine() == storage::Engine::sqlite
            ? tx.exec(insert_entry, place, source.id, source.subject, source.rating, source.submitted_at, facets)
            : tx.exec(insert_entry, place, source.id, source.subject, source.rating, source.submitted_at, facets, configuration_of(language_of(source.lang)), words);
        if (taken != 0) {
            if (tx.engine() == storage::Engine::sqlite) tx.exec(insert_words, place, words, facets);
            return;
        }
        if (tx.row<std::int64_t, std::string>(select_entry, source.id)) return;  // indexed already
        if (attempt > 1000) throw storage::Failure("no place in the search index for review " + source.id);
    }
}

std::string quoted(storage::Engine engine, std::string_view facet) {
    return engine == storage::Engine::sqlite ? std::string(facet) : "'/" + std::string(facet) + "'";
}

// "(a OR b)", or "(a | b)".
std::string any_of(storage::Engine engine, const std::vector<std::string>& facets) {
    std::string out;
    for (const auto& facet : facets) out += (out.empty() ? "" : engine == storage::Engine::sqlite ? " OR " : " | ") + quoted(engine, facet);
    return "(" + out + ")";
}

struct Question {
    std::vector<std::string> groups;  // each an any_of(); all must hold
    std::string words;                // finished, in the engine's language; "" none
    std::string words_alone;          // PostgreSQL: the same without its languages
    bool nothing = false;             // can find nothing
};

void ask_text(Tx& tx, const Wanted& wanted, Question& question) {
    const auto tokens = search_tokens(wanted.words, most_words);
    if (tokens.empty()) {
        question.nothing = wanted.words.find_first_not_of(" \t\r\n") != std::string::npos;  // signs alone
        return;
    }
    std::string out;
    if (tx.engine() == storage::Engine::sqlite) {
        for (const auto& token : tokens) {
            const auto stem = search_stem(token.text);
            if (!out.empty()) out += " AND ";
            out += "\"" + stem + "\"" + (code_points(stem) >= 3 ? " *" : "");
        }
        question.words = "words : (" + out + ")";
        return;
    }
    std::string typed, cut;
    for (const auto& token : tokens) {
        const auto stem = search_stem(token.text);
        typed += (typed.empty() ? "'" : " & '") + token.text + "'" + (code_points(token.text) >= 3 ? ":*" : "");
        cut += (cut.empty() ? "'" : " & '") + stem + "'" + (code_points(stem) >= 3 ? ":*" : "");
    }
    std::string stemless = "(" + cut;
    for (const auto& [code, name] : configurations) stemless += " & !'/l" + std::string(code) + "'";
    const auto stemmed = tx.value<std::string>(stems, typed), alone = tx.value<std::string>(stems_alone, typed);
    question.words = "(" + (stemmed.empty() ? "" : stemmed + " | ") + stemless + "))";
    question.words_alone = "(" + (alone.empty() ? "" : alone + " | ") + "(" + cut + "))";
}

struct Match {
    std::string all;
    std::string alone;  // PostgreSQL: for the index
};
Match match_of(storage::Engine engine, const Question& question, const std::vector<std::string>& groups) {
    std::string facets;
    for (const auto& group : groups) facets += (facets.empty() ? "" : engine == storage::Engine::sqlite ? " AND " : " & ") + group;
    if (engine == storage::Engine::sqlite && !facets.empty()) facets = "facets : (" + facets + ")";
    if (question.words.empty()) return {facets, facets};
    if (facets.empty()) return {question.words, question.words_alone};
    return {question.words + (engine == storage::Engine::sqlite ? " AND " : " & ") + facets, question.words_alone + " & " + facets};
}

std::vector<std::string> with(char letter, const std::vector<std::string>& values, bool as_hex) {
    std::vector<std::string> all;
    for (const auto& value : values) all.push_back(letter + (as_hex ? hex(value) : value));
    return all;
}

bool is_word(std::string_view text) { return !text.empty() && text.size() <= 20 && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos; }

struct Place {
    int star = 0;            // which of the stars the page before ended in, for `lowest`
    std::int64_t place = 0;
};
std::optional<Place> place_from(std::string_view text) {
    const auto dot = text.find('.');
    Place at;
    if (dot == std::string_view::npos || text.size() > 30) return std::nullopt;
    const auto read = [](std::string_view part, auto& into) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), into);
        return error == std::errc() && end == part.data() + part.size();
    };
    if (!read(text.substr(0, dot), at.star) || !read(text.substr(dot + 1), at.place) || at.star < 0 || at.star > 5) return std::nullopt;
    return at;
}

using Lines = std::vector<std::tuple<std::int64_t, std::string>>;

Lines walk(Tx& tx, std::string_view branch, bool oldest, std::int64_t low, std::int64_t high, int limit, const Match& match) {
    if (match.all.empty()) return tx.rows<std::int64_t, std::string>(oldest ? walk_oldest : walk_newest, branch, low, high, limit);
    const bool rare = tx.engine() == storage::Engine::postgresql && tx.value<std::int64_t>(count_sample, low, high, match.alone, sampled) == 0;
    if (!rare) return tx.rows<std::int64_t, std::string>(oldest ? match_oldest : match_newest, branch, low, high, limit, match.all);
    tx.exec(by_words);
    auto lines = tx.rows<std::int64_t, std::string>(oldest ? rare_oldest : rare_newest, branch, low, high, limit, match.all, match.alone);
    tx.exec(as_before);
    return lines;
}

}  // namespace

Result<FoundReviews> search(Tx& tx, std::string_view branch, const Wanted& wanted) {
    const auto engine = tx.engine();
    // The planner must see the words: how frequent they are decides between walking the clock and asking the index.
    if (engine == storage::Engine::postgresql) tx.exec(Sql("SELECT 1", "SET LOCAL plan_cache_mode = force_custom_plan"));
    Question question;
    ask_text(tx, wanted, question);
    const auto add = [&](const std::vector<std::string>& facets) {
        if (!facets.empty()) question.groups.push_back(any_of(engine, facets));
    };
    for (const auto* list : {&wanted.languages, &wanted.states, &wanted.origins}) {
        for (const auto& value : *list) {
            if (!is_word(value)) return invalid("filter", "no such value: " + value.substr(0, 40), "filter");
        }
    }
    add(with('s', wanted.services, true));
    add(with('l', wanted.languages, false));
    add(with('t', wanted.states, false));
    add(with('o', wanted.origins, false));
    add(with('m', wanted.products, true));
    if (!wanted.adviser.empty()) add({"a" + hex(wanted.adviser)});
    if (wanted.replied) add({*wanted.replied ? "y1" : "y0"});
    if (wanted.in_case) add({*wanted.in_case ? "c1" : "c0"});
    const auto subjects = tx.rows<std::string>(select_subjects, branch, few_subjects + 1);
    FoundReviews found;
    if (question.nothing || subjects.empty()) return found;
    if (subjects.size() <= few_subjects) add(with('u', subjects, true));

    std::optional<Place> at;
    if (!wanted.after.empty()) {
        at = place_from(wanted.after);
        if (!at) return invalid("after", "`after` is the `next` of the page before", "after");
    }
    const auto limit = std::clamp(wanted.limit, 1, 5000);
    const auto low = wanted.from > 0 ? wanted.from << serial_bits : 0;
    const auto high = wanted.until > 0 ? wanted.until << serial_bits : INT64_MAX;
    const bool oldest = wanted.order == Order::oldest;
    std::vector<int> stars = wanted.stars;
    Lines lines;
    std::int64_t last = 0;
    int star = 0;
    const auto take = [&](Lines more) {
        for (auto& line : more) {
            if (found.ids.size() == static_cast<std::size_t>(limit)) {
                found.next = std::to_string(star) + "." + std::to_string(last);
                return;
            }
            last = std::get<0>(line);
            found.ids.push_back(std::move(std::get<1>(line)));
        }
    };
    if (wanted.order == Order::lowest) {
        // One star after another, each newest first; those without stars last.
        for (const int one : {1, 2, 3, 4, 5, 0}) {
            const auto rank = [](int value) { return value == 0 ? 6 : value; };
            if (!stars.empty() && std::find(stars.begin(), stars.end(), one) == stars.end()) continue;
            if (at && rank(one) < rank(at->star)) continue;
            auto groups = question.groups;
            groups.push_back(any_of(engine, {"r" + std::to_string(one)}));
            const auto before = at && at->star == one ? std::min(high, at->place) : high;
            const auto left = limit + 1 - static_cast<int>(found.ids.size());
            auto more = walk(tx, branch, false, low, before, left, match_of(engine, question, groups));
            // A page that is full already ends with the star of its last line.
            if (found.ids.size() == static_cast<std::size_t>(limit) && !more.empty()) {
                found.next = std::to_string(star) + "." + std::to_string(last);
                break;
            }
            if (!more.empty()) star = one;
            take(std::move(more));
            if (!found.next.empty()) break;
        }
        return found;
    }
    if (!stars.empty()) {
        std::vector<std::string> facets;
        for (const int one : stars) facets.push_back("r" + std::to_string(one));
        add(facets);
    }
    const auto match = match_of(engine, question, question.groups);
    if (oldest) take(walk(tx, branch, true, at ? std::max(at->place, low - 1) : low - 1, high, limit + 1, match));
    else take(walk(tx, branch, false, low, at ? std::min(at->place, high) : high, limit + 1, match));
    return found;
}

void index_again(Tx& tx, std::string_view review, const Content* before) {
    std::optional<Source> source;
    tx.each(select_source, [&](const Row& row) { source = read_source(row); }, review);
    if (!source) return;
    const auto entry = tx.row<std::int64_t, std::string>(select_entry, review);
    if (!entry) return put_in(tx, *source);
    const auto place = std::get<0>(*entry);
    const auto facets = facet_text(tx.engine(), *source);
    if (!before && facets == std::get<1>(*entry)) return;
    const auto words = words_text(source->title, source->body);
    if (tx.engine() == storage::Engine::sqlite) {
        tx.exec(delete_words, place, before ? words_text(before->title, before->body) : words, std::get<1>(*entry));
        tx.exec(insert_words, place, words, facets);
        tx.exec(update_entry, place, source->rating, facets);
    } else {
        tx.exec(update_entry, place, source->rating, facets, configuration_of(language_of(source->lang)), words);
    }
}

void index_out(Tx& tx, Seconds now, std::string_view review, const Content& before) {
    const auto entry = tx.row<std::int64_t, std::string>(select_entry, review);
    if (!entry) return;
    if (tx.engine() == storage::Engine::sqlite) tx.exec(delete_words, std::get<0>(*entry), words_text(before.title, before.body), std::get<1>(*entry));
    tx.exec(delete_entry, std::get<0>(*entry));
    if (tx.engine() != storage::Engine::sqlite) return;
    jobs::Wish wish;
    wish.run_at = now + 2;  // several erasures of one moment are tidied away together
    wish.unique_key = "tidy";
    jobs::enqueue(tx, ManualClock(now), "search", "tidy", wish);
}

void index_case(Tx& tx, std::string_view review) {
    if (tx.exec(mark_case, review) != 0) index_again(tx, review);
}

namespace {

// How far it came: "" at the beginning, "~" at the end, else the last one's moment and id.
struct Upto {
    Seconds submitted_at = INT64_MIN;
    std::string id;
};
Upto upto_from(std::string_view text) {
    Upto upto;
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return upto;  // "", or the mark of an older release: again from the beginning, what is there is passed over
    const auto [end, error] = std::from_chars(text.data(), text.data() + space, upto.submitted_at);
    if (error == std::errc() && end == text.data() + space) upto.id = text.substr(space + 1);
    return upto;
}

}  // namespace

std::int64_t settle_search(storage::Db& db, const std::function<void(std::int64_t)>& progress) {
    std::int64_t all = 0;
    auto upto = db.read([](Tx& tx) { return tx.value<std::string>(select_upto); });
    while (upto != "~") {
        upto = db.write([&](Tx& tx) {
            auto from = tx.value<std::string>(select_upto);
            if (from == "~") return from;
            const auto [moment, id] = upto_from(from);
            std::vector<Source> sources;
            tx.each(select_batch, [&](const Row& row) { sources.push_back(read_source(row)); }, moment, id, batch);
            for (const auto& source : sources) put_in(tx, source);
            all += static_cast<std::int64_t>(sources.size());
            from = sources.size() < static_cast<std::size_t>(batch) ? "~" : std::to_string(sources.back().submitted_at) + " " + sources.back().id;
            tx.exec(set_upto, from);
            return from;
        });
        if (progress) progress(all);
    }
    return all;
}

std::int64_t rebuild_search(storage::Db& db, const std::function<void(std::int64_t)>& progress) {
    db.write([](Tx& tx) {
        if (tx.engine() == storage::Engine::sqlite) tx.exec(clear_words);
        tx.exec(clear_entries);
        tx.exec(set_upto, "");
    });
    return settle_search(db, progress);
}

void tidy_search(storage::Db& db, Tidy when) {
    if (db.engine() != storage::Engine::sqlite) return;
    const auto entries = db.read([](Tx& tx) { return tx.value<std::int64_t>(count_entries, small_index + 1); });
    if (entries <= small_index) {
        db.write([](Tx& tx) { tx.exec(optimize_words); });
    } else if (when == Tidy::by_night) {
        // A negative number takes every segment into one merge, positive ones go on with it; each piece is a transaction of its own.
        db.write([](Tx& tx) { tx.exec(begin_merge); });
        for (int piece = 0; piece < night_pieces; ++piece) db.write([](Tx& tx) { tx.exec(merge_words); });
    } else {
        return;
    }
    db.checkpoint();
}

}  // namespace verbatim::reviews
