#include "ground/merkle/policy.h"

#include <algorithm>
#include <map>
#include <set>

#include "ground/merkle/decimal.h"

namespace verbatim::merkle {
namespace {

constexpr std::size_t text_limit = 64 * 1024, count_limit = 64;

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(" \t", at)) != std::string_view::npos) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        words.emplace_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

// "Character set": tab, newline, and what is neither a control character nor DEL.
bool allowed(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f; });
}

class Reader {
public:
    Result<Policy> read(std::string_view text) {
        if (text.size() > text_limit) return invalid("policy_malformed", "policy: longer than 64 KiB");
        if (!allowed(text)) return invalid("policy_malformed", "policy: a control character");
        for (std::size_t number = 1; !text.empty(); ++number) {
            const std::size_t end = text.find('\n');
            if (end == std::string_view::npos) return invalid("policy_malformed", "policy: the last line does not end in a newline");
            const auto words = words_of(text.substr(0, end));
            text.remove_prefix(end + 1);
            if (words.empty() || words[0].starts_with('#')) continue;
            if (const auto good = take(words); !good) return invalid("policy_malformed", "policy, line " + std::to_string(number) + ": " + good.error().message);
        }
        if (!quorum_seen_) return invalid("policy_malformed", "policy: no quorum line");
        return std::move(policy_);
    }

private:
    Result<void> take(const std::vector<std::string>& words) {
        if (words[0] == "log") return take_log(words);
        if (words[0] == "witness") return take_witness(words);
        if (words[0] == "group") return take_group(words);
        if (words[0] == "quorum") return take_quorum(words);
        return fail("a line begins with log, witness, group or quorum");
    }

    Result<void> take_log(const std::vector<std::string>& words) {
        if (words.size() < 2 || words.size() > 3) return fail("log VKEY [URL]");
        auto key = parse_verifier_key(words[1]);
        if (!key) return key.error();
        for (const auto& log : policy_.logs)
            if (log.key.public_key == key->public_key) return fail("the same key stands there twice");
        if (policy_.logs.size() == count_limit) return fail("more than 64 logs");
        policy_.logs.push_back({std::move(*key), words.size() == 3 ? words[2] : ""});
        return {};
    }

    Result<void> take_witness(const std::vector<std::string>& words) {
        if (words.size() < 3 || words.size() > 4) return fail("witness NAME VKEY [URL]");
        auto key = parse_witness_key(words[2]);
        if (!key) return key.error();
        for (const auto& witness : policy_.witnesses)
            if (witness.key.public_key == key->public_key) return fail("the same key stands there twice");
        if (policy_.witnesses.size() == count_limit) return fail("more than 64 witnesses");
        if (!name(words[1])) return fail("the name is taken");
        policy_.witnesses.push_back({words[1], std::move(*key), words.size() == 4 ? words[3] : ""});
        return {};
    }

    Result<void> take_group(const std::vector<std::string>& words) {
        if (words.size() < 4) return fail("group NAME all|any|NUMBER MEMBER...");
        if (policy_.groups.size() == count_limit) return fail("more than 64 groups");
        Policy::Group group{words[1], 0, {words.begin() + 3, words.end()}};
        for (const auto& member : group.members) {
            if (!names_.contains(member)) return fail("a member is not defined above");
            if (!used_.insert(member).second) return fail("a member stands in two groups");
        }
        const auto number = parse_decimal(words[2]);
        group.threshold = words[2] == "all" ? group.members.size() : words[2] == "any" ? 1 : number ? *number : 0;
        if (group.threshold < 1 || group.threshold > group.members.size()) return fail("the threshold is all, any, or from 1 to the number of members");
        if (!name(words[1])) return fail("the name is taken");
        policy_.groups.push_back(std::move(group));
        return {};
    }

    Result<void> take_quorum(const std::vector<std::string>& words) {
        if (words.size() != 2) return fail("quorum NAME|none");
        if (std::exchange(quorum_seen_, true)) return fail("a second quorum line");
        if (words[1] != "none" && !names_.contains(words[1])) return fail("the quorum is not defined above");
        policy_.quorum = words[1];
        return {};
    }

    bool name(const std::string& word) { return word != "none" && names_.insert(word).second; }
    static Error fail(const char* why) { return invalid("policy_malformed", why); }

    Policy policy_;
    std::set<std::string> names_, used_;
    bool quorum_seen_ = false;
};

}  // namespace

std::vector<WitnessKey> Policy::witness_keys() const {
    std::vector<WitnessKey> keys;
    for (const auto& witness : witnesses) keys.push_back(witness.key);
    return keys;
}

Result<Policy> parse_policy(std::string_view text) { return Reader().read(text); }

std::string encode(const Policy& policy) {
    std::string text;
    const auto with = [](const std::string& url) { return url.empty() ? "\n" : " " + url + "\n"; };
    for (const auto& log : policy.logs) text += "log " + encode(log.key) + with(log.url);
    for (const auto& witness : policy.witnesses) text += "witness " + witness.name + " " + encode(witness.key) + with(witness.url);
    for (const auto& group : policy.groups) {
        text += "group " + group.name + " " + std::to_string(group.threshold);
        for (const auto& member : group.members) text += " " + member;
        text += "\n";
    }
    return text + "quorum " + policy.quorum + "\n";
}

bool meets_quorum(const Policy& policy, const std::vector<std::size_t>& cosigned) {
    if (policy.quorum == "none") return true;
    std::map<std::string, bool, std::less<>> witnessed;
    for (const std::size_t i : cosigned) witnessed[policy.witnesses.at(i).name] = true;
    // A group names only what stands before it, so one pass is enough.
    for (const auto& group : policy.groups) {
        const auto count = std::count_if(group.members.begin(), group.members.end(), [&](const std::string& member) { return witnessed[member]; });
        witnessed[group.name] = static_cast<std::size_t>(count) >= group.threshold;
    }
    return witnessed[policy.quorum];
}

}  // namespace verbatim::merkle
