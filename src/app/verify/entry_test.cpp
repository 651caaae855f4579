#include "app/verify/entry.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"

namespace verbatim::verify {
namespace {

using nlohmann::json;

const std::string bound = to_base64(crypto::sha256("words"));

const std::vector<json> one_of_each = {
    {{"v", 1}, {"at", 5}, {"kind", "batch"}, {"site", "A1"}, {"day", "2026-11-21"}, {"eligible", 12}, {"commitment", bound}},
    {{"v", 1}, {"at", 5}, {"kind", "outcome"}, {"site", "A1"}, {"day", "2026-11-21"}, {"answered", 3}, {"expired", 8}, {"suppressed", {{"no_consent", 1}, {"cap", 0}}}},
    {{"v", 1}, {"at", 5}, {"kind", "collected"}, {"review", "r1"}, {"subject", "site:A1"}, {"service", "workshop"}, {"origin", "invited"}, {"commitment", bound}},
    {{"v", 1}, {"at", 5}, {"kind", "published"}, {"review", "r1"}, {"subject", "product:VOLT"}, {"service", "product"}, {"rating", 4}, {"experience_on", "2026-11-01"}, {"commitment", bound}},
    {{"v", 1}, {"at", 5}, {"kind", "revised"}, {"review", "r1"}, {"subject", "adviser:é7"}, {"service", "new_car"}, {"rating", 5}, {"experience_on", "2026-11-01"}, {"commitment", bound}},
    {{"v", 1}, {"at", 5}, {"kind", "refused"}, {"review", "r1"}, {"subject", "site:A1"}, {"rating", 1}, {"reason", "insult"}, {"policy", "rules-2026-11"}},
    {{"v", 1}, {"at", 5}, {"kind", "refused"}, {"review", "r1"}, {"subject", "site:A1"}, {"source", "forum"}, {"reason", "insult"}, {"policy", "rules-2026-11"}},
    {{"v", 1}, {"at", 5}, {"kind", "withdrawn"}, {"review", "r1"}, {"subject", "site:A1"}, {"rating", 1}},
    {{"v", 1}, {"at", 5}, {"kind", "erased"}, {"review", "r1"}, {"subject", "site:A1"}},
    {{"v", 1}, {"at", 5}, {"kind", "removed"}, {"review", "r1"}, {"subject", "site:A1"}, {"rating", 1}, {"reason", "illegal"}},
    {{"v", 1}, {"at", 5}, {"kind", "replied"}, {"review", "r1"}, {"commitment", bound}},
    {{"v", 1}, {"at", 5}, {"kind", "noticed"}, {"review", "r1"}, {"reason", "spam"}},
    {{"v", 1}, {"at", 5}, {"kind", "appealed"}, {"review", "r1"}},
    {{"v", 1}, {"at", 5}, {"kind", "decided"}, {"review", "r1"}, {"reason", "spam"}, {"outcome", "correction_refused"}},
    {{"v", 1}, {"at", 5}, {"kind", "gathered"}, {"review", "r1"}, {"subject", "site:A1"}, {"source", "a \"forum\" \\ elsewhere"}, {"rating", 2}, {"commitment", bound}},
    {{"v", 1}, {"at", 5}, {"kind", "batch"}, {"site", "A1"}, {"day", "2026-11-21"}, {"part", 2}, {"eligible", 0}, {"commitment", bound}},
    {{"v", 1}, {"at", 5}, {"kind", "outcome"}, {"site", "A1"}, {"day", "2026-11-21"}, {"part", 2}, {"answered", 0}, {"expired", 0}, {"suppressed", json::object()}},
};

TEST(Entries, TLG10_OneOfEachKindIsRead) {
    for (const json& leaf : one_of_each) {
        const auto entry = parse_entry(canonical_json(leaf));
        ASSERT_TRUE(entry) << leaf << entry.error().message;
        EXPECT_EQ(to_word(entry->kind), leaf["kind"].get<std::string>());
        EXPECT_EQ(entry->at, 5);
        if (leaf.contains("rating")) {
            EXPECT_EQ(entry->rating, leaf["rating"].get<int>());
        }
        if (leaf.contains("source")) {
            EXPECT_EQ(entry->source, leaf["source"].get<std::string>());
        }
    }
    EXPECT_EQ(parse_entry(canonical_json(one_of_each[1]))->suppressed, (std::map<std::string, std::int64_t>{{"cap", 0}, {"no_consent", 1}}));
}

TEST(Entries, GDP7_AMemberThatIsNotOfTheKindIsAFault) {
    for (const json& leaf : one_of_each) {
        for (const auto& [name, value] : std::vector<std::pair<std::string, json>>{{"email", "a@b.c"}, {"name", "Ann"}, {"body", "words"}, {"eligible", 1}, {"policy", "p"}, {"answered", 0}, {"zz", 1}}) {
            json more = leaf;
            if (more.contains(name)) continue;
            more[name] = value;
            EXPECT_FALSE(parse_entry(canonical_json(more))) << more;
        }
    }
}

TEST(Entries, TLG10_AMissingMemberOrAnotherValueIsAFault) {
    const std::vector<std::string> optional = {"rating", "reason", "outcome", "source", "part"};
    for (const json& leaf : one_of_each) {
        for (const auto& [name, value] : leaf.items()) {
            json changed = leaf;
            changed.erase(name);
            const bool may_go = std::find(optional.begin(), optional.end(), name) != optional.end() &&
                                !(leaf["kind"] == "published" || leaf["kind"] == "revised") && !(leaf["kind"] == "refused" && name == "reason") && !(leaf["kind"] == "gathered" && name == "source");
            EXPECT_EQ(parse_entry(canonical_json(changed)).ok(), may_go) << changed;
            for (const json& other : {json(nullptr), json(true), json::array(), json::object({{"a", "b"}}), json(-1), json(""), json("\n")}) {
                changed = leaf;
                changed[name] = other;
                EXPECT_FALSE(parse_entry(canonical_json(changed))) << changed;
            }
        }
    }
    const auto with = [&](std::size_t which, const char* name, const json& value) {
        json changed = one_of_each[which];
        changed[name] = value;
        return parse_entry(canonical_json(changed)).ok();
    };
    EXPECT_FALSE(with(3, "rating", 0));
    EXPECT_FALSE(with(3, "rating", 6));
    EXPECT_FALSE(with(3, "experience_on", "2026-02-30"));
    EXPECT_FALSE(with(3, "experience_on", "2026-11-01T10:00:00Z"));
    EXPECT_FALSE(with(3, "subject", "VOLT"));
    EXPECT_FALSE(with(3, "subject", "site:"));
    EXPECT_FALSE(with(3, "v", 2));
    EXPECT_FALSE(with(2, "origin", "gathered"));
    EXPECT_FALSE(with(2, "commitment", "AAAA"));
    EXPECT_FALSE(with(5, "reason", "too_negative"));  // MOD-3
    EXPECT_FALSE(with(9, "reason", "too_negative"));
    EXPECT_FALSE(with(1, "suppressed", json{{"no_consent", "1"}}));
    EXPECT_TRUE(with(1, "suppressed", json::object()));
    EXPECT_FALSE(with(0, "part", 0));
    EXPECT_FALSE(with(0, "eligible", 1'000'000'001));  // so that no sum over a log runs over
}

TEST(Entries, TLG10_OnlyTheCanonicalSpellingIsRead) {
    const std::string good = R"({"at":5,"kind":"appealed","review":"r1","v":1})";
    ASSERT_TRUE(parse_entry(good));
    for (const char* text : {"", "{}", "[]", "null", R"({"at":5,"kind":"appealed","review":"r1","v":1} )", R"( {"at":5,"kind":"appealed","review":"r1","v":1})", R"({"at": 5,"kind":"appealed","review":"r1","v":1})",
                             R"({"kind":"appealed","at":5,"review":"r1","v":1})", R"({"at":5,"at":5,"kind":"appealed","review":"r1","v":1})", R"({"at":5.0,"kind":"appealed","review":"r1","v":1})",
                             R"({"at":05,"kind":"appealed","review":"r1","v":1})", R"({"at":-0,"kind":"appealed","review":"r1","v":1})", R"({"at":5e0,"kind":"appealed","review":"r1","v":1})",
                             R"({"at":9007199254740992,"kind":"appealed","review":"r1","v":1})", R"({"at":5,"kind":"appealed","review":"\u00721","v":1})", R"({"at":5,"kind":"appealed","review":"r\/1","v":1})",
                             R"({"at":5,"kind":"appealed","review":"r1","v":1,})", R"({"at":5,"kind":"appealed","review":"r1","v":1)", R"({"at":5,"kind":"appealed","review":"r1)", R"({"at":5,"kind":"appealed","review":"r1\)"})
        EXPECT_FALSE(parse_entry(text)) << text;
    EXPECT_TRUE(parse_entry(R"({"at":9007199254740991,"kind":"appealed","review":"r1","v":1})"));
    EXPECT_FALSE(parse_entry("{\"at\":5,\"kind\":\"appealed\",\"review\":\"r\xff\",\"v\":1}"));
}

TEST(Entries, TLG10_WhateverIsReadIsCanonicalForTheGeneralWriterToo) {
    std::vector<std::string> leaves;
    for (const json& leaf : one_of_each) leaves.push_back(canonical_json(leaf));
    EXPECT_TRUE(rc::check("a changed leaf is refused or still canonical", [&] {
        std::string leaf = *rc::gen::elementOf(leaves);
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
            const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(leaf.size())));
            switch (*rc::gen::inRange(0, 3)) {
                case 0: leaf[at] = *rc::gen::arbitrary<char>(); break;
                case 1: leaf.erase(at, 1); break;
                default: leaf.insert(at, 1, *rc::gen::element('"', '\\', ' ', '0', ',', '{', '}', 'u'));
            }
        }
        const bool sound = !parse_entry(leaf) || is_canonical_json(leaf);
        RC_ASSERT(sound);
    }));
}

}  // namespace
}  // namespace verbatim::verify
