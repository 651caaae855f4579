#include "ground/text/hate_frames.h"

#include "ground/text/hate_sound.h"

#include <algorithm>

namespace verbatim::text {
namespace {

constexpr std::uint32_t peoples = bit(Role::group) | bit(Role::slur);
constexpr std::uint32_t hostile = bit(Role::emotion) | bit(Role::bad) | bit(Role::vermin) | bit(Role::violence) | bit(Role::exclude) | bit(Role::imply);
constexpr std::size_t longest_read = 3000;  // words of one text
constexpr std::size_t short_text = 60;      // words; in a longer one the parts of a frame must stand closer

// What a digit or a sign between letters is drawn like; 0 none.
char drawn_like(char c) {
    switch (c) {
        case '0': return 'o';
        case '1': case '!': case '|': return 'i';
        case '3': return 'e';
        case '4': case '@': return 'a';
        case '5': case '$': return 's';
        case '6': case '9': return 'g';
        case '7': case '+': return 't';
        case '8': return 'b';
        default: return 0;
    }
}

// Latin letters and digits that sound like an Arabic letter; 0 none.
unsigned char sounds_like(char c) {
    constexpr auto letter = [](char32_t code) { return static_cast<unsigned char>(first_arabic + (code - 0x621)); };
    switch (c) {
        case 'a': case '2': return letter(0x627);
        case 'b': case 'p': return letter(0x628);
        case 't': return letter(0x62A);
        case 'j': case 'g': return letter(0x62C);
        case '7': return letter(0x62D);
        case '5': case 'x': return letter(0x62E);
        case 'd': return letter(0x62F);
        case 'r': return letter(0x631);
        case 'z': return letter(0x632);
        case 's': case 'c': return letter(0x633);
        case '9': return letter(0x635);
        case '6': return letter(0x637);
        case '3': return letter(0x639);
        case '8': return letter(0x63A);
        case 'f': case 'v': return letter(0x641);
        case 'q': return letter(0x642);
        case 'k': return letter(0x643);
        case 'l': return letter(0x644);
        case 'm': return letter(0x645);
        case 'n': return letter(0x646);
        case 'h': case 'e': return letter(0x647);
        case 'w': case 'o': case 'u': return letter(0x648);
        case 'y': case 'i': return letter(0x64A);
        default: return 0;
    }
}

}  // namespace

HateFrames::HateFrames(HateWords words, std::optional<HateWords> sounds) : words_(std::move(words)), sounds_(std::move(sounds)) {
    const std::string& language = words_.language();
    english_ = language == "en";
    arabic_ = language == "ar";
    // German and Dutch move the object before the verb and put "nicht" behind it; French has its "pas" there.
    any_order_ = language == "de" || language == "nl" || language == "pl" || arabic_;
    negates_behind_ = language == "de" || language == "nl";
    static constexpr std::string_view names[frame_count] = {"slur", "emotion", "derogation", "dehumanising", "violence", "exclusion", "implicit", "profanity", "denial"};
    for (std::size_t i = 0; i < frame_count; ++i) rules_[i] = "hate.frame." + language + "." + std::string(names[i]);
}

// Arabic writes "and", "with", "the" on the word itself: they are taken off where nothing else is found.
HateWords::Found HateFrames::at_word(const Work& work, std::size_t begin) const {
    const std::string& letters = work.text.letters;
    if (work.sounded) return sounds_->longest(letters, begin);
    HateWords::Found best = words_.longest(letters, begin);
    if (!arabic_ || best.length != 0) return best;
    constexpr auto letter = [](char32_t code) { return static_cast<char>(first_arabic + (code - 0x621)); };
    static constexpr char waw = letter(0x648), fa = letter(0x641), ba = letter(0x628), lam = letter(0x644), kaf = letter(0x643), alef = letter(0x627);
    std::size_t at = begin;
    const auto try_here = [&] {
        const HateWords::Found found = words_.longest(letters, at);
        if (found.length != 0 && found.length + (at - begin) > best.length) best = {found.roles, found.length + (at - begin), found.fixed + (at - begin)};
    };
    const auto is = [&](std::size_t i, char c) { return i < letters.size() && letters[i] == c; };
    if (is(at, waw) || is(at, fa)) {
        ++at;
        try_here();
    }
    if (is(at, ba) || is(at, kaf) || is(at, lam)) {
        const bool lam_lam = is(at, lam) && is(at + 1, lam);
        at += lam_lam ? 2 : 1;
        try_here();
    }
    if (is(at, alef) && is(at + 1, lam)) {
        at += 2;
        try_here();
    }
    return best;
}

// Digits and signs become the letters they are drawn like, where the word is no entry as it stands.
void HateFrames::undisguise(Work& work) const {
    std::string& letters = work.text.letters;
    if (arabic_) {
        // An Arabic word with Latin letters in it: each is read as the Arabic letter it sounds like.
        for (const Word& word : work.text.words) {
            bool arabic = false, latin = false;
            for (std::uint32_t i = word.begin; i < word.end; ++i) (static_cast<unsigned char>(letters[i]) > first_arabic ? arabic : latin) = true;
            if (!arabic || !latin) continue;
            for (std::uint32_t i = word.begin; i < word.end; ++i) {
                if (const unsigned char like = sounds_like(letters[i]); like != 0) letters[i] = static_cast<char>(like);
            }
        }
        return;
    }
    for (const Word& word : work.text.words) {
        if (!word.mixed || words_.longest(letters, word.begin).length >= word.end - word.begin) continue;
        bool letter = false, maybe_l = false;
        for (std::uint32_t i = word.begin; i < word.end; ++i) {
            const char c = letters[i];
            letter = letter || (c >= 'a' && c <= 'z');
            maybe_l = maybe_l || c == '1' || c == '|' || c == '!';
        }
        if (!letter) continue;
        const std::string written = letters.substr(word.begin, word.end - word.begin);
        for (std::uint32_t i = word.begin; i < word.end; ++i) {
            if (const char like = drawn_like(letters[i]); like != 0) letters[i] = like;
        }
        if (maybe_l && words_.longest(letters, word.begin).length == 0) {
            for (std::uint32_t i = word.begin; i < word.end; ++i) {
                const char c = written[i - word.begin];
                if (c == '1' || c == '|' || c == '!') letters[i] = 'l';
            }
        }
        // A star hides one letter.
        const std::size_t star = letters.find('*', word.begin);
        for (char c = 'a'; star < word.end && c <= 'z'; ++c) {
            letters[star] = c;
            if ((words_.longest(letters, word.begin).roles & (hostile | peoples | bit(Role::swear))) != 0) break;
        }
    }
}

// Arabic in Latin letters: the text becomes its sounds.
bool HateFrames::read_by_sound(Work& work) const {
    HateText& text = work.text;
    std::size_t latin = 0;
    for (const Word& word : text.words) latin += static_cast<unsigned char>(text.letters[word.begin]) < first_arabic ? 1 : 0;
    if (!sounds_ || latin < 2 || latin * 2 < text.words.size()) return false;
    std::string sounds;
    for (Word& word : text.words) {
        const std::string sound = sound_of(std::string_view(text.letters).substr(word.begin, word.end - word.begin));
        if (!sounds.empty()) sounds += ' ';
        word.begin = static_cast<std::uint32_t>(sounds.size());
        sounds += sound;
        word.end = static_cast<std::uint32_t>(sounds.size());
    }
    text.letters = std::move(sounds);
    return true;
}

// "Ihatethesewomen": a word too long to be one is taken apart, where that leaves few letters over.
void HateFrames::respace(Work& work) const {
    HateText& text = work.text;
    // Compounds of German and Dutch are long.
    const std::uint32_t longest_word = (negates_behind_ ? 15 : 11) + (text.words.size() > short_text ? 5 : 0);
    const auto too_long = [&](const Word& word) { return word.end - word.begin > longest_word && word.end - word.begin <= 400; };
    if (arabic_ || std::none_of(text.words.begin(), text.words.end(), too_long)) return;
    thread_local std::vector<std::uint32_t> ends;
    std::string letters;
    std::vector<Word> words;
    bool changed = false;
    for (const Word& word : text.words) {
        const std::string_view whole = std::string_view(text.letters).substr(word.begin, word.end - word.begin);
        bool taken = false;
        if (too_long(word) && words.size() < longest_read) {
            const HateWords::Found found = words_.longest(text.letters, word.begin);
            const bool known = found.length >= whole.size() && found.fixed + 5 >= whole.size();
            // A lone word is more likely a long innocent one.
            const bool lone = text.words.size() == 1;
            taken = !known && (!lone || whole.size() > 17) && words_.split(whole, ends) * 5 <= whole.size() && ends.size() > (lone ? 3u : 1u);
        }
        std::uint32_t from = 0;
        if (!taken) ends.assign(1, static_cast<std::uint32_t>(whole.size()));
        for (const std::uint32_t end : ends) {
            if (!letters.empty()) letters += ' ';
            Word part = word;
            part.begin = static_cast<std::uint32_t>(letters.size());
            letters += whole.substr(from, end - from);
            part.end = static_cast<std::uint32_t>(letters.size());
            if (taken) {
                part.from = std::min(word.from + from, word.to - 1);
                part.to = end == whole.size() ? word.to : std::min(word.from + end, word.to);
            }
            words.push_back(part);
            from = end;
        }
        changed = changed || taken;
    }
    if (!changed) return;
    text.letters = std::move(letters);
    text.words = std::move(words);
}

void HateFrames::gather(Work& work) const {
    const HateText& text = work.text;
    const std::size_t count = std::min(text.words.size(), longest_read);
    work.pieces.clear();
    work.read.assign(count, false);
    std::uint32_t covered = 0;  // words before it lie inside a longer entry
    std::uint32_t kept = 0;     // roles that count inside it too
    for (std::uint32_t i = 0; i < count; ++i) {
        const Word& word = text.words[i];
        const HateWords::Found found = at_word(work, word.begin);
        if (found.length == 0) continue;
        const std::size_t end = word.begin + found.length;
        std::uint32_t last = i + 1;
        while (last < count && text.words[last].begin < end) ++last;
        std::fill(work.read.begin() + i, work.read.begin() + last, true);
        if (last <= covered && (found.roles & kept) == 0) continue;
        if (last > i + 1 && last > covered) {
            covered = last;
            // "No woman": the negation inside the name of a group counts.
            kept = bit(Role::they) | ((found.roles & bit(Role::group)) != 0 ? bit(Role::no) : 0);
        }
        // An entry of several words does not reach over the end of a sentence.
        if (text.words[last - 1].sentence != word.sentence) continue;
        work.pieces.push_back({i, last, found.roles, word.mixed});
    }
}

// Takes apart what was written without spaces. Innocent words hold others by chance ("cocoons"), so the parts must be most of it,
// and be a group and contempt, or a group at either end.
bool HateFrames::gather_glued(std::string_view letters, std::uint32_t first, std::uint32_t last, Work& work) const {
    const bool brief = work.text.words.size() <= short_text, spaced = last - first > 1;
    std::vector<Piece> parts;
    std::size_t covered = 0;
    std::uint32_t roles = 0;
    bool at_end = false;
    for (std::size_t at = 0; at + 3 <= letters.size();) {
        const HateWords::Found found = words_.inside(letters, at, at == 0 || spaced ? 2 : 3);
        if (found.length == 0 || (found.length < 4 && !spaced && (found.roles & (hostile | peoples)) != 0) || ((found.roles & bit(Role::slur)) != 0 && found.length < 6)) {
            ++at;
            continue;
        }
        parts.push_back({first, last, found.roles, true});
        roles |= found.roles;
        covered += found.length;
        at_end = at_end || ((found.roles & (bit(Role::group) | (brief ? hostile : 0))) != 0 && found.length >= (brief ? 4 : 5) && (at == 0 || at + found.length == letters.size()));
        at += found.length;
    }
    const bool both = (roles & peoples) != 0 && (roles & hostile) != 0;
    if ((roles & (peoples | hostile)) == 0 || !(both || at_end || spaced)) return false;
    const std::size_t left = letters.size() - covered;
    if (both ? left > (brief ? 2 * covered : covered) : left > std::max<std::size_t>(1, letters.size() / 6)) return false;
    work.pieces.insert(work.pieces.end(), parts.begin(), parts.end());
    return true;
}

// "h a t e", "wom en", "Ihatewomen".
void HateFrames::gather_spaced(Work& work) const {
    const HateText& text = work.text;
    const auto letters_of = [&](std::uint32_t i) { return std::string_view(text.letters).substr(text.words[i].begin, text.words[i].end - text.words[i].begin); };
    const auto count = static_cast<std::uint32_t>(work.read.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::string_view here = letters_of(i);
        if (here.size() == 1) {
            std::string joined(here);
            std::uint32_t last = i + 1;
            while (last < count && letters_of(last).size() == 1 && text.words[last].sentence == text.words[i].sentence) joined += letters_of(last++);
            if (last - i >= 3 && gather_glued(joined, i, last, work)) {
                std::fill(work.read.begin() + i, work.read.begin() + last, true);
                i = last - 1;
                continue;
            }
        }
        if (arabic_ || work.read[i]) continue;
        if (here.size() >= (work.read.size() <= short_text ? 5u : 7u) && gather_glued(here, i, i + 1, work)) {
            work.read[i] = true;
            continue;
        }
        for (const std::uint32_t other : {i == 0 ? i : i - 1, i + 1}) {
            if (other == i || other >= count || text.words[other].sentence != text.words[i].sentence) continue;
            const std::uint32_t left = std::min(i, other);
            std::string joined(letters_of(left));
            joined += letters_of(left + 1);
            if (joined.size() < 6 || work.read.size() > short_text) continue;
            const HateWords::Found found = words_.longest(joined, 0);
            if (found.length != joined.size() || (found.roles & (bit(Role::group) | (hostile & ~bit(Role::imply)))) == 0) continue;
            work.pieces.push_back({left, left + 2, found.roles, true});
            work.read[left] = work.read[left + 1] = true;
            break;
        }
    }
}

// A slip of the pen or a disguise in the one word that is missing: only beside its counterpart.
void HateFrames::gather_near(Work& work) const {
    std::uint32_t seen = 0;
    for (const Piece& piece : work.pieces) seen |= piece.roles;
    const bool people = (seen & peoples) != 0, hatred = (seen & hostile) != 0;
    if (people == hatred && !(people == false && (seen & bit(Role::curse)) != 0)) return;
    const std::uint32_t wanted = people ? hostile & ~bit(Role::imply) : peoples;
    // The roots of Arabic are so short that its short words have too many neighbours.
    if (work.read.size() > short_text || (arabic_ && !people) || work.sounded) return;
    const HateText& text = work.text;
    for (std::uint32_t i = 0; i < work.read.size(); ++i) {
        if (work.read[i]) continue;
        const bool close = std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& piece) {
            return piece.any(peoples | hostile | bit(Role::curse)) && text.words[piece.first].sentence == text.words[i].sentence;
        });
        if (!close) continue;
        const std::string_view letters = text.letters, word = letters.substr(text.words[i].begin, text.words[i].end - text.words[i].begin), rest = letters.substr(text.words[i].end, 30);
        if (arabic_ && word.size() < 6) continue;
        const std::uint32_t here = word.size() < 6 ? wanted & ~bit(Role::slur) : wanted;
        std::uint32_t roles = words_.near({}, word, rest, here);
        if (roles == 0 && i > 0) roles = words_.near(letters.substr(text.words[i - 1].begin, text.words[i].begin - text.words[i - 1].begin), word, rest, here);
        if (roles != 0) work.pieces.push_back({i, i + 1, roles, true});
    }
}

bool HateFrames::negated(const Work& work, const Piece& piece) const {
    const auto& words = work.text.words;
    // "Aren't they disgusting?" says that they are.
    if (piece.any(hostile) && work.text.questions[words[piece.first].sentence]) return false;
    for (const Piece& other : work.pieces) {
        if (!other.has(Role::no) || &other == &piece) continue;
        if (words[other.first].clause != words[piece.first].clause) continue;
        if (other.last <= piece.first && piece.first - other.last <= 7) return true;
        if (negates_behind_ && other.first >= piece.last && other.first - piece.last <= 4) return true;
    }
    return false;
}

bool HateFrames::spoken_against(const Work& work, const Piece& piece) const {
    const auto& words = work.text.words;
    const bool is_short = words.size() <= short_text;
    for (const Piece& other : work.pieces) {
        if (!other.any(bit(Role::counter) | bit(Role::say))) continue;
        const int apart = static_cast<int>(words[other.first].sentence) - static_cast<int>(words[piece.first].sentence);
        if (!is_short && (apart > 1 || apart < -1)) continue;
        if (words[other.first].quoted && words[piece.first].quoted) continue;
        if (other.has(Role::counter) && !negated(work, other)) return true;
        // What is said in quotation marks is not the author's; nor is what nobody should say.
        if (other.has(Role::say) && ((words[piece.first].quoted && !words[other.first].quoted) || negated(work, other))) return true;
    }
    return false;
}

const HateFrames::Piece* HateFrames::group_of(const Work& work, const Piece& piece, bool& far) const {
    const auto& words = work.text.words;
    const std::uint16_t sentence = words[piece.first].sentence;
    const Piece* best = nullptr;
    const auto gap = [&](const Piece& other) { return other.first >= piece.first ? other.first - piece.first : piece.first - other.first; };
    for (const Piece& other : work.pieces) {
        if (&other == &piece || !other.any(peoples) || words[other.first].sentence != sentence || words[other.first].quoted != words[piece.first].quoted || gap(other) > 20) continue;
        if (best == nullptr || gap(other) < gap(*best)) best = &other;
    }
    far = best == nullptr;
    if (best != nullptr) return best;
    const bool they = std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& other) { return other.has(Role::they) && words[other.first].sentence == sentence; });
    if (!they) return nullptr;
    for (const Piece& other : work.pieces) {
        if (other.any(peoples) && words[other.first].sentence < sentence && sentence - words[other.first].sentence <= 2) best = &other;
    }
    return best;
}

// Is the contempt aimed at the group, or do both only stand in one sentence?
bool HateFrames::said_of(const Work& work, const Piece& piece, const Piece& group) const {
    const auto& words = work.text.words;
    if (group.first == piece.first) return true;  // written as one word
    const bool behind = piece.first >= group.last;
    const std::uint32_t gap = behind ? piece.first - group.last : group.first >= piece.last ? group.first - piece.last : 0;
    if (!behind) return gap <= (any_order_ ? 6 : 3);
    if (words[group.first].clause == words[piece.first].clause) return gap <= 9;
    return gap <= 3 || std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& other) { return other.has(Role::they) && words[other.first].clause == words[piece.first].clause; });
}

// Strong language with a kind word: "I fucking love gay people".
bool HateFrames::kindly(const Work& work, const Piece& piece) const {
    return std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& other) {
        return other.any(bit(Role::good) | bit(Role::fond)) && !other.any(peoples) && other.first >= piece.last && other.first - piece.last <= 2 && !negated(work, other);
    });
}

// "I am a proud dyke", "my bitches": a hard word taken back by those it was made for.
bool HateFrames::of_oneself(const Work& work, const Piece& piece) const {
    const auto& words = work.text.words;
    const std::uint16_t sentence = words[piece.first].sentence;
    bool own = false;
    for (const Piece& other : work.pieces) {
        if (&other == &piece || words[other.first].sentence != sentence) continue;
        if (other.any(bit(Role::violence) | bit(Role::exclude) | bit(Role::vermin) | bit(Role::emotion)) && !negated(work, other)) return false;
        own = own || (other.has(Role::own) && other.last <= piece.first && piece.first - other.last <= 2);
    }
    return own;
}

bool HateFrames::well_spoken(const Work& work, const Piece& piece) const {
    const std::uint16_t sentence = work.text.words[piece.first].sentence;
    bool kind = false;
    for (const Piece& other : work.pieces) {
        if (&other == &piece || work.text.words[other.first].sentence != sentence) continue;
        if (other.any(hostile | bit(Role::swear) | bit(Role::curse) | bit(Role::slur) | bit(Role::no))) return false;
        kind = kind || other.any(bit(Role::good) | bit(Role::fond) | bit(Role::own));
    }
    return kind;
}

// What the packs found of hate obeys the same excuses as the frames, where it names a group.
void HateFrames::excuse(const Work& work, std::vector<Mark>& marks) const {
    const auto excused = [&](const Mark& mark) {
        if (mark.reason != "hate" && mark.reason != "threat") return false;
        for (const Piece& piece : work.pieces) {
            const std::uint32_t from = work.text.words[piece.first].from;
            if (from >= mark.start && from < mark.end && spoken_against(work, piece)) return true;
            // An everyday phrase around it, a word said of oneself.
            if (piece.has(Role::plain) && piece.last - piece.first > 1 && from <= mark.start && work.text.words[piece.last - 1].to >= mark.end) return true;
            if (from >= mark.start && from < mark.end && piece.any(peoples) && of_oneself(work, piece)) return true;
            // The plain name of a group, with a kind word and no other.
            if (from >= mark.start && from < mark.end && piece.has(Role::group) && !piece.has(Role::slur) && work.text.words[piece.last - 1].to >= mark.end && well_spoken(work, piece)) return true;
            if (!piece.has(Role::group) || piece.has(Role::slur) || from < mark.start || from >= mark.end) continue;
            return negated(work, piece) ||
                   std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& other) { return other.has(Role::no) && work.text.words[other.first].from >= mark.start && work.text.words[other.first].from < mark.end; });
        }
        return false;
    };
    marks.erase(std::remove_if(marks.begin(), marks.end(), excused), marks.end());
}

HateFrames::Found HateFrames::hostile_frame(const Work& work, const Piece& piece) const {
    const auto& words = work.text.words;
    bool far = false;
    const Piece* group = group_of(work, piece, far);
    if (group == nullptr || negated(work, piece) || spoken_against(work, piece)) return {};
    const auto gap = group->first >= piece.last ? group->first - piece.last : piece.first - std::min(piece.first, group->last);
    const std::uint32_t kind = piece.roles & hostile;
    // In a long text a vague phrase must stand close to the group, and "they" may be anybody.
    if (words.size() > short_text && (far || (kind == bit(Role::imply) && gap > 6))) return {};
    if (piece.any(bit(Role::bad) | bit(Role::vermin)) && !far && !said_of(work, piece, *group)) return {};
    if (kind == bit(Role::emotion)) {
        // "Women hate this colour" is no hate of women.
        const bool named_again = std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& other) {
            return other.has(Role::they) && (other.first >= piece.last ? other.first - piece.last <= 1 : piece.first >= other.last && piece.first - other.last <= 1);
        });
        if (!far && group->last <= piece.first && !any_order_ && !named_again) return {};
        return {group, emotion, 0.85};
    }
    if (piece.has(Role::vermin)) return {group, dehumanising, 0.85};
    if (piece.has(Role::violence)) {
        // An Arabic verb carries its "will" or "let us" as a prefix, its command as a form.
        constexpr auto letter = [](char32_t code) { return static_cast<char>(first_arabic + (code - 0x621)); };
        const char head = work.text.letters[words[piece.first].begin];
        const bool prefixed = arabic_ && (head == letter(0x633) || head == letter(0x627) || head == letter(0x646));
        const bool wished = prefixed || std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& other) {
            return other.has(Role::will) && words[other.first].sentence == words[piece.first].sentence;
        });
        const bool opens = piece.first == 0 || words[piece.first - 1].clause != words[piece.first].clause;
        const bool aimed = !far && group->first >= piece.last && gap <= 4;
        if (!wished && !opens && !aimed) return {};
        return {group, violence, 0.9, wished};
    }
    if (piece.has(Role::exclude)) return {group, exclusion, 0.8};
    if (piece.has(Role::bad)) return {group, derogation, 0.8};
    return {group, implicit, 0.65};
}

void HateFrames::judge(const Work& work, std::vector<Mark>& marks) const {
    const auto& words = work.text.words;
    const auto mark = [&](const Piece& piece, const Piece* group, Frame frame, std::string_view reason, double confidence) {
        std::uint32_t first = piece.first, last = piece.last;
        if (group != nullptr && words[group->first].sentence == words[piece.first].sentence) {
            first = std::min(first, group->first);
            last = std::max(last, group->last);
        }
        const bool disguised = piece.disguised || (group != nullptr && group->disguised);
        marks.push_back({words[first].from, words[last - 1].to, reason, disguised ? confidence - 0.2 : confidence, rules_[frame]});
    };
    for (const Piece& piece : work.pieces) {
        if (piece.has(Role::slur)) {
            if (!negated(work, piece) && !spoken_against(work, piece) && !of_oneself(work, piece)) mark(piece, nullptr, slur, "hate", 0.8);
            if (!piece.any(hostile)) continue;
        }
        if (piece.any(hostile)) {
            if (const Found found = hostile_frame(work, piece); found.group != nullptr) {
                mark(piece, found.group, found.frame, found.threat ? "threat" : "hate", found.confidence);
                continue;
            }
        }
        bool far = false;
        if (piece.any(bit(Role::swear) | bit(Role::curse))) {
            if (const Piece* before = group_of(work, piece, far); before != nullptr && far && piece.has(Role::curse) && !spoken_against(work, piece) && work.text.words.size() <= short_text) {
                mark(piece, before, profanity, "hate", 0.7);
                continue;
            }
            for (const Piece& group : work.pieces) {
                if (&group == &piece || !group.any(peoples) || words[group.first].sentence != words[piece.first].sentence || words[group.first].quoted != words[piece.first].quoted) continue;
                const bool beside = group.first >= piece.last && group.first - piece.last <= 2;
                if ((!beside && !piece.has(Role::curse)) || spoken_against(work, piece) || kindly(work, piece)) continue;
                mark(piece, &group, profanity, "hate", 0.8);
                break;
            }
        } else if (piece.any(bit(Role::good) | bit(Role::fond))) {
            if (!negated(work, piece)) continue;
            const Piece* group = group_of(work, piece, far);
            if (group == nullptr || spoken_against(work, piece)) continue;
            // "No woman should be denied respect": what is denied is the harm.
            const bool harm_denied = std::any_of(work.pieces.begin(), work.pieces.end(), [&](const Piece& other) { return other.any(hostile) && words[other.first].clause == words[piece.first].clause && negated(work, other); });
            if (harm_denied) continue;
            // What one does not like must be the group itself: "I do not like women" and not "women do not like it".
            if (piece.has(Role::fond) && !piece.has(Role::good) && (far || (!any_order_ && (group->first < piece.last || group->first - piece.last > 3)))) continue;
            mark(piece, group, denial, "hate", 0.65);
        }
    }
}

void HateFrames::find(std::string_view utf8, const Folded& folded, std::vector<Mark>& marks) const {
    thread_local Work work;
    read_hate_text(utf8, folded, english_, work.text);
    work.sounded = arabic_ && read_by_sound(work);
    if (!work.sounded) undisguise(work);
    respace(work);
    gather(work);
    std::uint32_t seen = 0;
    for (const Piece& piece : work.pieces) seen |= piece.roles;
    // Most texts end here. Without any of the words only a very short text is searched for disguises.
    constexpr std::size_t very_short = 12;
    if ((seen & (peoples | hostile | bit(Role::curse))) == 0 && work.text.words.size() > very_short) return;
    if (!work.sounded) gather_spaced(work);
    gather_near(work);
    seen = 0;
    for (const Piece& piece : work.pieces) seen |= piece.roles;
    excuse(work, marks);
    if ((seen & peoples) == 0) return;
    judge(work, marks);
}

}  // namespace verbatim::text
