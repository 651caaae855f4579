// The frames of one language: how its words by role (hate_words.h) make a finding.
#pragma once

#include "ground/text/hate_text.h"
#include "ground/text/hate_words.h"
#include "ground/text/names.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace verbatim::text {

class HateFrames {
public:
    explicit HateFrames(HateWords words, std::optional<HateWords> sounds = std::nullopt);
    void find(std::string_view utf8, const Folded& folded, std::vector<Mark>& marks) const;

private:
    enum Frame { slur, emotion, derogation, dehumanising, violence, exclusion, implicit, profanity, denial, frame_count };
    // One entry found in the text: words [first, last).
    struct Piece {
        std::uint32_t first = 0, last = 0;
        std::uint32_t roles = 0;
        bool disguised = false;
        bool has(Role role) const { return (roles & bit(role)) != 0; }
        bool any(std::uint32_t wanted) const { return (roles & wanted) != 0; }
    };
    struct Work {
        HateText text;
        std::vector<Piece> pieces;
        std::vector<bool> read;  // by word: some piece covers it
        bool sounded = false;    // the letters are sounds
    };
    void gather(Work& work) const;
    void gather_spaced(Work& work) const;
    void gather_near(Work& work) const;
    bool gather_glued(std::string_view letters, std::uint32_t first, std::uint32_t last, Work& work) const;
    HateWords::Found at_word(const Work& work, std::size_t begin) const;
    void undisguise(Work& work) const;
    void respace(Work& work) const;
    bool read_by_sound(Work& work) const;
    bool well_spoken(const Work& work, const Piece& piece) const;
    bool of_oneself(const Work& work, const Piece& piece) const;

    bool negated(const Work& work, const Piece& piece) const;
    bool spoken_against(const Work& work, const Piece& piece) const;
    // The piece that names the group this one speaks of; nullptr when there is none. `far` when it stands in a sentence before.
    const Piece* group_of(const Work& work, const Piece& piece, bool& far) const;
    bool said_of(const Work& work, const Piece& piece, const Piece& group) const;
    struct Found {
        const Piece* group = nullptr;  // nullptr: no frame
        Frame frame = slur;
        double confidence = 0;
        bool threat = false;
    };
    Found hostile_frame(const Work& work, const Piece& piece) const;
    bool kindly(const Work& work, const Piece& piece) const;
    void excuse(const Work& work, std::vector<Mark>& marks) const;
    void judge(const Work& work, std::vector<Mark>& marks) const;

    HateWords words_;
    std::optional<HateWords> sounds_;  // of Arabic, in Latin letters
    bool english_, arabic_, any_order_, negates_behind_;
    std::array<std::string, frame_count> rules_;
};

}  // namespace verbatim::text
