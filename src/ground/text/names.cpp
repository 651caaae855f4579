#include "ground/text/names.h"

#include "ground/text/names_model.h"

#include <algorithm>
#include <array>
#include <optional>

namespace verbatim::text {
namespace {

constexpr float least_small = 0.3f;
constexpr double sure_name = 0.8;  // a name rule below is a common word too (Petit, Bauer, Rose): it needs more context

constexpr std::array<std::string_view, 34> particles = {
    "de", "du", "des", "d", "la", "le", "l", "van", "von", "vom", "zu", "der", "den", "di", "da", "dos", "das", "do", "del", "della", "dello",
    "dalla", "ten", "ter", "te", "el", "al", "ben", "bin", "ibn", "y", "het", "t", "mc"};

// Endings that make a capitalised word a family name wherever a name is expected.
constexpr std::array<std::string_view, 51> surname_endings = {
    "mann", "maier", "meier", "meyer", "mayer", "bauer", "berger", "hofer", "huber", "mueller", "muller", "schmidt", "schmid", "stein", "ski", "ska",
    "cki", "cka", "dzki", "dzka", "wicz", "czyk", "czak", "escu", "eanu", "oglu", "sson", "sen", "ovic", "evic", "enko", "opoulos", "idis", "akis",
    "ez", "elli", "etti", "ini", "stra", "inga",
    "skiego", "skiemu", "skim", "skiej", "ckiego", "ckiemu", "ckim", "ckiej", "wicza", "wiczem", "wiczowi"};

struct Word {
    std::size_t start = 0, end = 0;
    std::size_t size() const { return end - start; }
};

class Names {
public:
    Names(const Lexicon& lexicon, const Folded& text, const std::vector<Hit>& hits, std::uint16_t language, std::vector<Mark>& marks)
        : lexicon_(lexicon), text_(text), hits_(hits), language_(language), marks_(marks) {
        std::size_t capitals = 0, letters = 0;
        for (const char c : text.chars) letters += is_letter(c) ? 1 : 0;
        for (const char flags : text.flags) capitals += static_cast<std::size_t>(flags & Folded::upper);
        shouted_ = capitals * 2 > letters;
    }

    void find() {
        for (const Hit& hit : hits_) {
            switch (hit.rule->kind) {
                case Kind::honorific:
                case Kind::abbreviation: after_honorific(hit); break;
                case Kind::position: after_position(hit); break;
                case Kind::met: after_meeting(hit); break;
                case Kind::first_name: after_first_name(hit); break;
                case Kind::surname: alone(hit); break;
                default: break;
            }
        }
        if (!shouted_) unknown_names();
    }

private:
    std::string_view letters(Word word) const { return std::string_view(text_.chars).substr(word.start, word.size()); }
    bool capital(Word word) const { return text_.is_upper(word.start); }

    const Hit* hit_at(std::size_t start, Kind kind) const {
        auto found = std::lower_bound(hits_.begin(), hits_.end(), start, [](const Hit& hit, std::size_t at) { return hit.start < at; });
        for (; found != hits_.end() && found->start == start; ++found) {
            if (found->rule->kind == kind) return &*found;
        }
        return nullptr;
    }
    bool is(Word word, Kind kind) const {
        if (kind > last_trigger) return lexicon_.is(letters(word), kind, language_);
        const Hit* hit = hit_at(word.start, kind);
        return hit != nullptr && hit->end >= word.end;
    }
    // "Dupont assure", not "Dossier refusé": in French the accent makes a participle of the verb.
    bool is_act(Word word) const { return is(word, Kind::acts) && !(language_ == language_number("fr") && (text_.flags[word.end - 1] & Folded::marked) != 0); }
    bool is_title(Word word) const { return is(word, Kind::honorific) || is(word, Kind::abbreviation); }
    double surname_confidence(Word word) const {
        const Hit* hit = hit_at(word.start, Kind::surname);
        if (hit != nullptr && hit->end >= word.end) return hit->rule->confidence;
        const std::string_view written = letters(word);
        for (const std::string_view ending : surname_endings) {
            if (written.size() >= ending.size() + 3 && written.substr(written.size() - ending.size()) == ending) return 0.7;
        }
        return 0;
    }

    // What the word looks like by its letters; of joined words (Dupont-Aignan, O'Neill) the longest part.
    Likelihoods looks(Word word) const {
        std::string_view written = letters(word), longest;
        while (!written.empty()) {
            const std::size_t end = std::min(written.find_first_of("-'"), written.size());
            if (end > longest.size()) longest = written.substr(0, end);
            written.remove_prefix(std::min(end + 1, written.size()));
        }
        return looks_of(longest);
    }
    static float chance(const Likelihoods& likely, Looks kind) { return likely[static_cast<std::size_t>(kind)]; }
    // A first name that stands in no list of ours: "Madame Maëlys".
    bool looks_first(Word word, float least) const {
        if (surname_confidence(word) > 0) return false;
        const Likelihoods likely = looks(word);
        return chance(likely, Looks::first) >= least && chance(likely, Looks::family) < 1 - least;
    }
    bool looks_family(Word word, float least) const {
        const Likelihoods likely = looks(word);
        return chance(likely, Looks::family) >= least;
    }

    // The word at `at` after up to two spaces (and a point before them, as after an abbreviation).
    std::optional<Word> word_after(std::size_t at, bool point) const {
        if (point && at < text_.size() && text_.chars[at] == '.') ++at;
        std::size_t begin = at;
        while (begin < text_.size() && begin < at + 2 && text_.chars[begin] == ' ') ++begin;
        return word_at(begin);
    }
    std::optional<Word> word_at(std::size_t begin) const {
        std::size_t end = begin;
        while (end < text_.size() && is_letter(text_.chars[end])) ++end;
        if (end == begin || !ends_word(text_, end) || !starts_word(text_, begin)) return std::nullopt;
        return Word{begin, end};
    }
    std::optional<Word> word_before(std::size_t at) const {
        std::size_t end = at;
        while (end > 0 && at - end < 2 && (text_.chars[end - 1] == ' ' || text_.chars[end - 1] == '\'')) --end;
        std::size_t begin = end;
        while (begin > 0 && is_word(text_.chars[begin - 1])) --begin;
        if (begin == end) return std::nullopt;
        return Word{begin, end};
    }
    char sign_before(std::size_t at) const {
        while (at > 0 && text_.chars[at - 1] == ' ') --at;
        return at == 0 ? '.' : text_.chars[at - 1];
    }
    bool begins_sentence(std::size_t at) const {
        const char sign = sign_before(at);
        return sign == '.' || sign == '!' || sign == '?' || sign == ':' || sign == other_sign || sign == '\n';
    }

    // A word with what hangs on it: Dupont-Aignan, O'Neill, D'Angelo.
    Word with_joined(Word word) const {
        while (word.end + 1 < text_.size() && (text_.chars[word.end] == '-' || text_.chars[word.end] == '\'')) {
            const std::optional<Word> next = word_at(word.end + 1);
            if (!next || !capital(*next)) break;
            word.end = next->end;
        }
        return word;
    }
    bool is_particle(Word word) const { return std::find(particles.begin(), particles.end(), letters(word)) != particles.end(); }

    // Particles and a capitalised word: where a name would stand. `start` of the result includes the particles.
    struct Candidate {
        std::size_t start = 0;
        Word word;  // without the particles
    };
    std::optional<Candidate> candidate(std::size_t at, bool point) const {
        std::optional<Word> word = word_after(at, point);
        if (!word) return std::nullopt;
        Candidate found{word->start, *word};
        for (int i = 0; i < 3 && word && is_particle(*word); ++i) {
            const std::size_t behind = word->end;
            word = behind < text_.size() && text_.chars[behind] == '\'' ? word_at(behind + 1) : word_after(behind, false);
        }
        if (!word || (word->size() < 2 && !(word->end < text_.size() && text_.chars[word->end] == '\''))) return std::nullopt;
        if (!capital(*word)) {
            found.word = *word;
            return found;
        }
        found.word = with_joined(*word);
        return found;
    }
    bool is_other_thing(Word word) const {
        return is(word, Kind::brand) || is(word, Kind::company) || is(word, Kind::street) || is(word, Kind::position) || is_title(word) ||
               is(word, Kind::allow) || is(word, Kind::common);
    }
    bool is_language(std::string_view a, std::string_view b = {}, std::string_view c = {}, std::string_view d = {}) const {
        for (const std::string_view code : {a, b, c, d}) {
            if (!code.empty() && language_ == language_number(code)) return true;
        }
        return false;
    }
    // In German every noun is written with a capital: a capital alone says nothing.
    bool capitals_tell() const { return !is_language("de", "lb") && !shouted_; }

    void mark(std::size_t start, std::size_t end, double confidence, std::string_view rule) {
        // "Mr X.", "M. XXXX": somebody left the name out.
        const std::size_t sign = std::string_view(text_.chars).substr(start, end - start).find_first_not_of("x. ");
        if (sign == std::string_view::npos) return;
        marks_.push_back({start, end, "name", confidence, rule}); }

    // A second capitalised word behind a first name, which then is the family name.
    std::optional<Candidate> family_name_after(Word first) const {
        const std::optional<Candidate> next = candidate(first.end, false);
        if (!next || !capital(next->word) || is_other_thing(next->word)) return std::nullopt;
        if (text_.chars[next->start] == 'y' && text_.chars[next->start + 1] == ' ') return std::nullopt;  // "Karla y Mitzy" are two
        if (surname_confidence(next->word) > 0) return next;
        if (is(next->word, Kind::first_name)) return std::nullopt;
        if (!capitals_tell() && chance(looks(next->word), Looks::word) > 0.5f) return std::nullopt;
        return next;
    }

    void after_honorific(const Hit& hit) {
        bool short_form = hit.rule->kind == Kind::abbreviation;
        // "D. The car": a letter and a point also end a sentence; a smiley has a letter too.
        if (hit.end - hit.start == 1 && (shouted_ || (hit.start > 0 && text_.chars[hit.start - 1] != ' ' && text_.chars[hit.start - 1] != '('))) return;
        if (before_is_street(hit.start)) return;  // rue du docteur Roux
        const std::string_view title = letters(Word{hit.start, hit.end});
        if (title == "ing" && text_.is_upper(hit.start + 1)) return;  // the bank, or the end of another word
        std::size_t from = hit.end;
        if (short_form && from + 2 < text_.size() && text_.chars[from] == '.' && is_letter(text_.chars[from + 1]) && !text_.is_upper(from + 1)) {
            const std::size_t end = from + 4;  // Sig.ra, dott.ssa
            for (++from; from < end && is_letter(text_.chars[from]); ++from) {}
            if (from < text_.size() && is_letter(text_.chars[from])) from = hit.end;
        }
        std::optional<Candidate> name = candidate(from, short_form);
        // "Monsieur le directeur Dupont", "Herr Doktor Weber", "Sr. D. García": titles pile up.
        for (int i = 0; i < 2 && name && (is(name->word, Kind::position) || is_title(name->word)); ++i) {
            const Kind kind = is(name->word, Kind::position) ? Kind::position : is(name->word, Kind::abbreviation) ? Kind::abbreviation : Kind::honorific;
            short_form = kind == Kind::abbreviation;
            name = candidate(hit_at(name->word.start, kind)->end, short_form);
        }
        if (!name) return initial_after(from);
        const Word word = name->word;
        if (!capital(word)) {
            if (word.size() < 4 || is_other_thing(word) || is(word, Kind::speaks) || is(word, Kind::with) || is(word, Kind::first_name)) return;
            if (surname_confidence(word) >= sure_name) return mark(name->start, word.end, 0.6, "name.honorific_small");
            // "I miss about it", "a 4 dr hatchback"
            if (title == "miss" || (hit.start > 1 && (text_.chars[hit.start - 1] == '-' || is_digit(text_.chars[hit.start - 2])))) return;
            const Likelihoods likely = looks(word);
            // "Mr le prêt", "croque monsieur de saumon"
            if (name->start != word.start && chance(likely, Looks::family) < 0.6f) return;
            if (chance(likely, Looks::family) >= least_small && chance(likely, Looks::family) > chance(likely, Looks::word)) mark(name->start, word.end, 0.5, "name.honorific_small");
            return;
        }
        if (is(word, Kind::company) || is(word, Kind::common) || is(word, Kind::allow) || is(word, Kind::street)) return;
        if (is(word, Kind::brand) && surname_confidence(word) == 0) return;
        const double known = surname_confidence(word);
        if (title == "pr" && known == 0 && text_.chars[hit.end] != '.') return;  // "pr" is short for "pour"
        if (title == "miss" && known == 0 && !capital(Word{hit.start, hit.end})) return;  // "I miss Starbucks"
        // "MERCI DE M EXPLIQUER"
        if (all_capitals(word) && known == 0 && hit.end - hit.start == 1 && !(hit.end < text_.size() && text_.chars[hit.end] == '.') && (!looks_family(word, 0.5f) || chance(looks(word), Looks::word) > 0.2f)) return;
        if (is(word, Kind::first_name) && word.size() == letters_of_first_name(word)) {
            if (const std::optional<Candidate> family = family_name_after(word)) {
                mark(name->start, family->word.end, 0.95, "name.honorific");
            } else if (known > 0 && !is_language("es", "pt", "pl", "it")) {
                mark(name->start, word.end, 0.7, "name.honorific");
            }
            return;
        }
        if (shouted_ && known == 0 && (is(word, Kind::speaks) || is(word, Kind::with) || word.size() < 4 || chance(looks(word), Looks::word) > 0.5f)) return;
        if (!shouted_ && looks_first(word, 0.8f)) {
            const std::optional<Candidate> family = family_name_after(word);
            if (family) mark(name->start, family->word.end, 0.9, "name.honorific");
            return;
        }
        std::size_t end = word.end;
        if (const std::optional<Candidate> second = family_name_after(word); second && surname_confidence(second->word) > 0) end = second->word.end;
        mark(name->start, end, 0.95, "name.honorific");
    }
    std::size_t letters_of_first_name(Word word) const { return hit_at(word.start, Kind::first_name)->end - word.start; }

    // "Mr. J. Smith": the initial is passed over.
    void initial_after(std::size_t at) {
        std::size_t begin = at;
        while (begin < text_.size() && begin < at + 3 && (text_.chars[begin] == ' ' || text_.chars[begin] == '.')) ++begin;
        if (begin == at + 1 && text_.chars[at] == '.' && begin + 2 < text_.size() && is_letter(text_.chars[begin + 2])) return;  // M.G.P.
        if (begin + 1 >= text_.size() || !text_.is_upper(begin) || !is_letter(text_.chars[begin]) || text_.chars[begin + 1] != '.') return;
        const std::optional<Candidate> name = candidate(begin + 2, false);
        if (name && capital(name->word) && !is_other_thing(name->word)) return mark(begin, name->word.end, 0.9, "name.honorific");
        if (begin > at && !shouted_) mark(begin, begin + 2, 0.6, "name.honorific_initial");
    }

    void after_position(const Hit& hit) {
        std::optional<Candidate> name = candidate(hit.end, false);
        if (!name && hit.end < text_.size() && (text_.chars[hit.end] == ',' || text_.chars[hit.end] == ':')) name = candidate(hit.end + 1, false);
        if (!name || !capital(name->word) || is_other_thing(name->word)) return;
        const Word word = name->word;
        // "expert de Niort", "conseiller du Crédit": where one is from, not who one is.
        const std::string_view particle = letters(Word{name->start, name->start + 2});
        if (name->start != word.start && (particle == "de" || particle == "y " || particle == "du" || particle == "d'" || particle == "di" || particle == "da" || particle == "do")) return;
        if (is(word, Kind::first_name) && word.size() == letters_of_first_name(word)) return;  // alone it passes; with more it is found as a first name
        const double known = surname_confidence(word);
        if (known == 0 && (shouted_ || looks_first(word, 0.6f))) return first_then_family(word);
        if (known == 0 && !capitals_tell() && chance(looks(word), Looks::word) > 0.5f) return;
        if (known == 0 && all_capitals(word) && (word.size() <= 5 || chance(looks(word), Looks::word) > 0.3f)) return;  // the expert of a company: KPI, TEXA
        if (known == 0 && (title_case_around(word) || word.size() < 3 || (word.end < text_.size() && text_.chars[word.end] == '.' && text_.is_upper(word.end - 1)))) return;
        mark(name->start, word.end, known > 0 ? 0.9 : 0.7, "name.position");
    }
    void first_then_family(Word first) {
        const std::optional<Candidate> family = family_name_after(first);
        if (family && !shouted_ && !before_street_or_company(family->word.end)) mark(first.start, family->word.end, 0.7, "name.position");
    }
    // Headings and product names: capitals all around say nothing of this one.
    bool title_case_around(Word word) const {
        const std::optional<Word> before = word_before(word.start);
        const std::optional<Word> after = word_after(word.end, false);
        return after && capital(*after) && before && capital(*before);
    }

    static bool is_saint(std::string_view word) {
        return word == "saint" || word == "sainte" || word == "st" || word == "ste" || word == "san" || word == "santa" || word == "sant" || word == "santo" || word == "sao" || word == "sankt";
    }
    // "I spoke with Xaver Zander", "helped by O'Neill": two capitalised words, or one that is a family name.
    void after_meeting(const Hit& hit) {
        const std::optional<Candidate> name = candidate(hit.end, false);
        if (!name || !capital(name->word) || shouted_ || is_other_thing(name->word)) return;
        const bool first = is(name->word, Kind::first_name);
        if (!first && surname_confidence(name->word) >= 0.7) return mark(name->start, name->word.end, 0.8, "name.met");
        if (!first && name->word.size() >= 4 && !all_capitals(name->word) && looks_family(name->word, capitals_tell() ? 0.5f : 0.8f) && !before_street_or_company(name->word.end)) {
            return mark(name->start, name->word.end, 0.6, "name.met");
        }
        const std::optional<Candidate> second = candidate(name->word.end, false);
        if (!second || !capital(second->word) || is_other_thing(second->word) || before_street_or_company(second->word.end)) return;
        if (text_.chars[second->start] == 'y' && text_.chars[second->start + 1] == ' ') return;
        if (!capitals_tell() && !first && surname_confidence(second->word) == 0) return;
        if (!first && surname_confidence(second->word) == 0) {
            // "thanks to Hello Fresh": of two unknown words one must look a name, and neither a thing.
            const Likelihoods one = looks(name->word), two = looks(second->word);
            const float other = std::max(chance(one, Looks::word) + chance(one, Looks::make) + chance(one, Looks::place), chance(two, Looks::word) + chance(two, Looks::make));
            if (other > 0.7f && chance(one, Looks::first) + chance(two, Looks::family) < 0.7f) return;
        }
        if (second->word.size() > 2 && (first || !title_case_after(second->word))) mark(name->start, second->word.end, first ? 0.9 : 0.7, "name.met");
    }

    bool after_street(std::size_t start) const {
        const std::optional<Word> before = word_before(start);
        if (!before) return false;
        if (covered_until(*before, Kind::street) || covered_until(*before, Kind::company)) return true;
        if (is_particle(*before) || letters(*before) == "docteur" || letters(*before) == "general" || is_saint(letters(*before))) {
            const std::optional<Word> earlier = word_before(before->start);
            return is_saint(letters(*before)) || (earlier && covered_until(*earlier, Kind::street));
        }
        return start > 0 && text_.chars[start - 1] == '-';
    }
    bool before_is_street(std::size_t start) const {
        std::optional<Word> before = word_before(start);
        for (int i = 0; i < 2 && before && is_particle(*before); ++i) before = word_before(before->start);
        return before && is(*before, Kind::street);
    }
    bool covered_until(Word word, Kind kind) const { return is(word, kind); }
    bool before_street_or_company(std::size_t end) const {
        const std::optional<Word> after = word_after(end, false);
        return after && (capital(*after) || after->size() >= 4) && (is(*after, Kind::street) || (capital(*after) && is(*after, Kind::company)));
    }

    void after_first_name(const Hit& hit) {
        const Word first{hit.start, hit.end};
        if (!capital(first) || shouted_ || after_street(hit.start)) return;
        const Word whole = with_joined(first);
        std::size_t from = whole.end;
        // "Anne Marie Dupont": further first names, then the family name; "John F. Smith".
        for (int i = 0; i < 2; ++i) {
            const std::optional<Word> more = word_after(from, false);
            if (!more || !capital(*more) || !is(*more, Kind::first_name) || surname_confidence(*more) > 0) break;
            from = more->end;
        }
        const std::optional<Candidate> family = family_name_after({first.start, from});
        if (!family || before_street_or_company(family->word.end)) return;
        const double known = surname_confidence(family->word);
        // A first name that is a word or a place, too (Rose, Virginia), or amid other capitals (Mountain Rose Herbs) is no person yet.
        const std::optional<Word> before = word_before(hit.start);
        const bool amid_capitals = before && capital(*before) && !begins_sentence(hit.start) && !is_title(*before) && !is(*before, Kind::position);
        if (known == 0 && (hit.rule->confidence < sure_name || amid_capitals || title_case_after(family->word) || family->word.size() < 3)) return;
        mark(first.start, family->word.end, known > 0 ? 0.9 : 0.6, "name.first_and_family");
    }
    bool title_case_after(Word word) const {
        const std::optional<Word> after = word_after(word.end, false);
        return after && capital(*after);
    }

    void alone(const Hit& hit) {
        const Word word = with_joined({hit.start, hit.end});
        if (!capital(word) || shouted_ || is(word, Kind::brand) || is(word, Kind::allow) || after_street(hit.start) || before_street_or_company(word.end)) return;
        const bool sure = hit.rule->confidence >= sure_name;
        // An initial before it: "J. Dupont".
        if (hit.start >= 2) {
            std::size_t at = hit.start;
            if (text_.chars[at - 1] == ' ') --at;
            const std::optional<Word> before_initial = at >= 2 ? word_before(at - 2) : std::nullopt;
            if (at >= 2 && text_.chars[at - 1] == '.' && text_.is_upper(at - 2) && starts_word(text_, at - 2) &&
                hit_at(at - 2, Kind::honorific) == nullptr && hit_at(at - 2, Kind::abbreviation) == nullptr && (sure || (!begins_sentence(at - 2) && before_initial && is(*before_initial, Kind::with)))) {
                return mark(at - 2, word.end, 0.8, "name.initial");
            }
        }
        if (is(word, Kind::first_name) && !sure) return;
        const std::optional<Word> before = word_before(hit.start);
        const bool spoken_with = before && !begins_sentence(hit.start) && is(*before, Kind::with);
        std::optional<Word> after = word_after(word.end, false);
        const bool acts = after && is(*after, Kind::speaks);
        if (is(word, Kind::first_name)) return;
        if (sure && (acts || spoken_with)) return mark(hit.start, word.end, 0.7, "name.surname");
        // "Dupont, the manager"
        if (word.end + 1 < text_.size() && text_.chars[word.end] == ',') {
            after = word_after(word.end + 1, false);
            for (int i = 0; i < 2 && after && !is(*after, Kind::position); ++i) after = word_after(after->end, false);
            if (after && is(*after, Kind::position) && (sure || !begins_sentence(hit.start))) mark(hit.start, word.end, 0.8, "name.surname");
        }
    }

    // Words with a capital that stand in no list: only where the sentence has a place for a name beside them, and the letters look it.
    void unknown_names() {
        std::size_t at = 0;
        while (at < text_.size()) {
            if (!text_.is_upper(at) || !is_letter(text_.chars[at]) || !starts_word(text_, at)) {
                ++at;
                continue;
            }
            const std::optional<Word> found = word_at(at);
            if (!found) {
                while (at < text_.size() && is_letter(text_.chars[at])) ++at;
                continue;
            }
            const Word word = with_joined(*found);
            at = word.end;
            if (word.size() == 1) {
                at = std::max(at, unknown_behind_initial(word));
            } else if (word.size() >= 3 && at + 1 < text_.size()) {
                const bool space = text_.chars[at] == ' ', comma = text_.chars[at] == ',';
                if (space && text_.is_upper(at + 1)) {
                    if (pair_of_names(word)) continue;
                }
                if (space || comma) unknown_alone(word);
            }
        }
    }
    // FFMC, CIC: letters that stand for a company.
    bool all_capitals(Word word) const {
        for (std::size_t i = word.start; i < word.end; ++i) {
            if (is_letter(text_.chars[i]) && !text_.is_upper(i)) return false;
        }
        return true;
    }
    bool may_be_name(Word word) const {
        return capital(word) && !is_other_thing(word) && !is(word, Kind::speaks) && !is(word, Kind::with) && !after_street(word.start) && !before_street_or_company(word.end);
    }
    // "J. Zander about it", not "Plan B. Zander" nor the letter that ends a sentence.
    std::size_t unknown_behind_initial(Word initial) {
        if (initial.end + 1 >= text_.size() || text_.chars[initial.end] != '.' || is(initial, Kind::honorific) || is(initial, Kind::abbreviation)) return initial.end;
        const std::optional<Candidate> name = candidate(initial.end + 1, false);
        if (!name || name->word.size() < 3 || !may_be_name(name->word)) return initial.end;
        const std::optional<Word> after = word_after(name->word.end, false);
        const bool acts = after && (is(*after, Kind::speaks) || is_act(*after));
        const std::optional<Word> before = word_before(initial.start);
        const bool with = before && !begins_sentence(initial.start) && is(*before, Kind::with);
        const bool known = surname_confidence(name->word) >= sure_name;
        const Likelihoods likely = looks(name->word);
        if (text_.chars[initial.end + 1] != ' ' || (initial.start > 0 && (text_.chars[initial.start - 1] == '-' || text_.chars[initial.start - 1] == '/' || text_.chars[initial.start - 1] == '.'))) return initial.end;
        // "the new G. Best value", "a Taurus X. Love it": a letter that ends a sentence has a word of things before it.
        const bool unlike_things = chance(likely, Looks::family) >= 0.5f && chance(likely, Looks::word) + chance(likely, Looks::make) < 0.25f;
        const bool after_capital = before && !begins_sentence(initial.start) && capital(*before);
        const bool may_stand = begins_sentence(initial.start) ? unlike_things || known : unlike_things && before && before->size() <= 2;  // "to J. Zander"
        if (!acts && !with && (after_capital || !may_stand)) return initial.end;
        if (!known && chance(likely, Looks::word) + chance(likely, Looks::make) > (capitals_tell() ? 0.6f : 0.4f)) return initial.end;
        mark(initial.start, name->word.end, 0.7, "name.initial");
        return name->word.end;
    }
    bool pair_of_names(Word first) {
        const std::optional<Candidate> family = candidate(first.end, false);
        if (!family || family->word.size() < 3 || !capital(family->word) || is(first, Kind::first_name) || is(first, Kind::surname)) return false;
        if (is_other_thing(first) || is_other_thing(family->word) || after_street(first.start) || before_street_or_company(family->word.end) || title_case_after(family->word)) return false;
        const Likelihoods one = looks(first), two = looks(family->word);
        const double known = surname_confidence(family->word);
        if (chance(two, Looks::word) + chance(two, Looks::make) > 0.3f || all_capitals(first)) return false;
        // How much it takes depends on what stands beside the two: "served by ...", "... promised".
        const std::optional<Word> before = word_before(first.start), after = word_after(family->word.end, false);
        const bool expected = (before && !begins_sentence(first.start) && is(*before, Kind::with)) || (after && (is_act(*after) || is(*after, Kind::speaks)));
        const float likely = chance(one, Looks::first) * (known >= 0.7 ? 0.9f : chance(two, Looks::family));
        if (likely < (expected ? 0.2f : 0.4f) * (capitals_tell() ? 1.0f : 1.5f)) return false;
        mark(first.start, family->word.end, 0.6, "name.looks");
        return true;
    }
    // "Zweigelt promised", "Zweigelt, the mechanic": the verb is one of people, the word in no list.
    void unknown_alone(Word word) {
        const std::optional<Word> next = word_after(word.end, false);
        const bool acts = next && is_act(*next);
        bool has_role = false;
        if (word.end + 1 < text_.size() && text_.chars[word.end] == ',') {
            std::optional<Word> after = word_after(word.end + 1, false);
            for (int i = 0; i < 3 && after && !has_role; ++i) {
                has_role = is(*after, Kind::position);
                after = word_after(after->end, false);
            }
        }
        if ((!acts && !has_role) || word.size() < 4 || is(word, Kind::first_name) || is(word, Kind::surname) || !may_be_name(word) || all_capitals(word)) return;
        const Likelihoods likely = looks(word);
        const float family = chance(likely, Looks::family), other = chance(likely, Looks::word) + chance(likely, Looks::make);
        const float least = capitals_tell() ? 0.3f : 0.6f, first = chance(likely, Looks::first);
        // A role behind the name says that it is one; then only a first name and a word must be told from it.
        const bool one = has_role ? first < 0.6f && other < (capitals_tell() ? 0.5f : 0.3f) : family >= least && family > first && family > 1.5f * other;
        if (one) mark(word.start, word.end, has_role ? 0.7 : 0.6, "name.looks");
    }

    const Lexicon& lexicon_;
    const Folded& text_;
    const std::vector<Hit>& hits_;
    std::uint16_t language_;
    std::vector<Mark>& marks_;
    bool shouted_ = false;
};

// Surname alone or with the first name; "Anna Becker" knows "Becker", "A. Becker" and "Anna Becker", not "Anna".
void find_staff(const Folded& text, const std::vector<std::string>& staff, std::vector<Mark>& marks) {
    std::vector<Word> words;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_letter(text.chars[i]) || !starts_word(text, i)) continue;
        std::size_t end = i;
        while (end < text.size() && is_letter(text.chars[end])) ++end;
        words.push_back({i, end});
        i = end;
    }
    for (const std::string& name : staff) {
        const std::string whole = folded(name);
        const std::size_t space = whole.find(' ');
        if (space == std::string::npos || space + 3 > whole.size()) continue;
        const std::string_view first = std::string_view(whole).substr(0, space), family = std::string_view(whole).substr(space + 1);
        for (const Word word : words) {
            if (text.chars[word.start] != family[0] || text.chars.compare(word.start, family.size(), family) != 0 || !ends_word(text, word.start + family.size())) continue;
            std::size_t start = word.start;
            const bool with_first = start > first.size() && text.chars[start - 1] == ' ' && text.chars.compare(start - 1 - first.size(), first.size(), first) == 0 &&
                                    starts_word(text, start - 1 - first.size());
            if (!with_first && !text.is_upper(word.start)) continue;
            if (with_first) start -= 1 + first.size();
            marks.push_back({start, word.start + family.size(), "name", 0.98, "name.staff"});
        }
    }
}

}  // namespace

void find_names(const Lexicon& lexicon, const Folded& text, const std::vector<Hit>& hits, std::uint16_t language, const Context& context, std::vector<Mark>& marks) {
    const bool any = std::any_of(hits.begin(), hits.end(), [](const Hit& hit) {
        return hit.rule->kind == Kind::honorific || hit.rule->kind == Kind::abbreviation || hit.rule->kind == Kind::position || hit.rule->kind == Kind::met || hit.rule->kind == Kind::first_name || hit.rule->kind == Kind::surname;
    });
    if (any || std::any_of(text.flags.begin(), text.flags.end(), [](char flags) { return (flags & Folded::upper) != 0; })) Names(lexicon, text, hits, language, marks).find();
    if (!context.staff.empty()) find_staff(text, context.staff, marks);
}

}  // namespace verbatim::text
