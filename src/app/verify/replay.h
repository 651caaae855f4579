// Lives every review again from its leaves (norm TLG-1) and keeps what the ratings are made of. A step that the state
// machine does not allow is a fault. Memory: one small record a review.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/verify/completeness.h"
#include "app/verify/entry.h"
#include "ground/base/result.h"

namespace verbatim::verify {

class Replay {
public:
    // Error code "step_forbidden" for what may not follow what came before.
    Result<void> add(const Entry& entry);

    // The rules that need all entries: call once nothing more comes.
    Result<void> at_end() const { return completeness_.at_end(); }

    const Completeness& completeness() const { return completeness_; }
    const std::array<std::int64_t, kinds>& by_kind() const { return by_kind_; }
    const std::vector<std::string>& subjects() const { return subjects_.names; }  // in order of appearance
    std::optional<std::size_t> subject(const std::string& name) const;                       // its number among them
    // The newest `at` of a leaf that could change what is displayed of the subject.
    Seconds changed_at(std::size_t subject) const { return changed_at_[subject]; }

    // Words that are neither published nor refused, and when they were collected (norm MOD-4).
    void each_undecided(const std::function<void(std::string_view review, Seconds since)>& fn) const;
    bool undecided(std::string_view review) const;

    // Each review that is public now: its subject's number, its rating (0 where it has none), when it was first published,
    // its source ("" for the platform's own), and whether something was promised for writing it.
    void each_public(const std::function<void(std::size_t subject, int rating, Seconds published_at, std::string_view source, bool incentive)>& fn) const;

private:
    enum class Stage : std::uint8_t { collected, published, gathered, refused, withdrawn, removed, erased };
    struct Review {
        std::uint32_t subject = 0;
        std::uint32_t source = 0;            // 0: own
        Stage stage = Stage::collected;
        bool invited = false;
        bool incentive = false;              // something was promised for writing
        bool undecided = false;              // words were collected that are neither published nor refused
        bool overturned = false;             // a complaint against the refusal or removal was right: it may be published
        std::uint32_t notices = 0, appeals = 0;  // open ones
        std::uint8_t rating = 0;
        Seconds published_at = 0, collected_at = 0;
        std::array<unsigned char, 32> commitment{}, shown{};  // of the words collected last, of those published last
    };
    struct Names {
        std::vector<std::string> names;
        std::unordered_map<std::string, std::uint32_t> numbers;
        std::uint32_t number(const std::string& name);
    };

    Result<void> step(const Entry& entry);
    Result<void> collect(const Entry& entry, Review* review);
    Result<void> make_public(const Entry& entry, Review* review);
    Result<void> end(const Entry& entry, Review* review);
    Result<void> decide(const Entry& entry, Review& review);
    Review& begin(const Entry& entry, Stage stage);

    std::unordered_map<std::string, Review> reviews_;
    Names subjects_, sources_;
    std::vector<Seconds> changed_at_;
    Completeness completeness_;
    std::array<std::int64_t, kinds> by_kind_{};
};

}  // namespace verbatim::verify
