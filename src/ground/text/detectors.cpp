#include "ground/text/detectors.h"

#include "ground/text/disguise.h"
#include "ground/text/folded.h"
#include "ground/text/hate.h"
#include "ground/text/lexicon.h"
#include "ground/text/model.h"
#include "ground/text/names.h"
#include "ground/text/pack.h"
#include "ground/text/personal_data.h"
#include "ground/text/shipped_lexicon.h"
#include "ground/text/utf8.h"
#include "ground/text/word_model.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace verbatim::text {
namespace {

constexpr std::string_view code_version = "3";  // raise when the code finds other things in the same packs

struct Scratch {
    Folded text;
    std::vector<Hit> hits;
    std::vector<Mark> marks;
};

std::string_view reason_of(Kind kind) { return kind <= last_reason ? kind_name(kind) : std::string_view(); }

// Exceptions of the packs, and names the caller allows, swallow what lies inside them.
void drop_allowed(const Folded& text, const std::vector<Hit>& hits, const std::vector<std::string>& allowed, std::vector<Mark>& marks) {
    const auto inside = [](const Mark& mark, std::size_t start, std::size_t end) { return start <= mark.start && mark.end <= end; };
    for (const Hit& hit : hits) {
        if (hit.rule->kind != Kind::allow) continue;
        marks.erase(std::remove_if(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.rule != "name.staff" && inside(mark, hit.start, hit.end); }), marks.end());
    }
    for (std::size_t i = 0; i < allowed.size() && !marks.empty(); ++i) {
        const std::string name = folded(allowed[i]);
        if (name.empty()) continue;
        for (std::size_t at = text.chars.find(name); at != std::string::npos && !marks.empty(); at = text.chars.find(name, at + 1)) {
            if (!starts_word(text, at) || !ends_word(text, at + name.size())) continue;
            marks.erase(std::remove_if(marks.begin(), marks.end(), [&](const Mark& mark) {
                // A telephone number stays one inside any name; a person keeps the name of the town after an honorific.
                const bool about_names = mark.reason != "personal_data" && mark.rule != "name.honorific" && mark.rule != "name.staff";
                return about_names && inside(mark, at, at + name.size());
            }), marks.end());
        }
    }
}

}  // namespace

struct Detectors::Parts {
    Lexicon lexicon;
    const HateRules* hate = nullptr;  // the composed rules; packs given as texts come without them
    std::string word_model_bytes;  // where it is not the program's own
    WordModel word_model;
    std::string model_bytes;     // of a model from outside
    std::optional<Model> model;  // speaks where packs and frames are silent
};

Detectors::Detectors(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Detectors::~Detectors() = default;

std::string Detectors::version() const {
    std::string version = "detectors-" + std::string(code_version) + " " + std::string(parts_->lexicon.version());
    if (parts_->word_model.ready()) version += " words-" + std::string(parts_->word_model.version());
    if (parts_->hate != nullptr) version += " hate " + parts_->hate->version();
    if (parts_->model) version += " model-" + parts_->model->version();
    return version;
}

Result<std::shared_ptr<const Detectors>> Detectors::from_packs(const std::vector<std::string>& pack_texts, std::string word_model) {
    auto parts = std::make_unique<Parts>();
    parts->word_model_bytes = std::move(word_model);
    if (!parts->word_model_bytes.empty() && !parts->word_model.open(parts->word_model_bytes)) return invalid("bad_model", "no model of insult words, or one of another version");
    for (std::size_t i = 0; i < pack_texts.size(); ++i) {
        const Result<Pack> pack = parse_pack(pack_texts[i]);
        if (!pack) {
            Error error = pack.error();
            error.message = "pack " + std::to_string(i + 1) + ", " + error.message;
            return error;
        }
        parts->lexicon.add(*pack);
    }
    parts->lexicon.build();
    return std::shared_ptr<const Detectors>(new Detectors(std::move(parts)));
}

Result<std::shared_ptr<const Detectors>> Detectors::with(std::string bytes, std::string_view lasting) {
    auto parts = std::make_unique<Parts>();
    if (!parts->lexicon.open(shipped_lexicon())) throw std::runtime_error("the lexicon built into the program is damaged: build the program again");
    parts->hate = &HateRules::shipped();
    if (!parts->word_model.open(shipped_word_model())) throw std::runtime_error("the word model built into the program is damaged: build the program again");
    parts->model_bytes = std::move(bytes);
    if (const std::string_view model = parts->model_bytes.empty() ? lasting : std::string_view(parts->model_bytes); !model.empty()) {
        auto opened = Model::open(model);
        if (!opened) return opened.error();
        parts->model = std::move(*opened);
    }
    return std::shared_ptr<const Detectors>(new Detectors(std::move(parts)));
}

std::shared_ptr<const Detectors> Detectors::shipped() {
    static const std::shared_ptr<const Detectors> made = [] {
        auto detectors = with({}, shipped_model());
        if (!detectors) throw std::runtime_error("the model built into the program is damaged: build the program again");
        return *detectors;
    }();
    return made;
}

std::shared_ptr<const Detectors> Detectors::shipped_without_model() { return with({}, {}).value(); }

Result<std::shared_ptr<const Detectors>> Detectors::with_model(std::string model) {
    if (model.empty()) return Error{ErrorKind::invalid, "bad_model", "the model file is empty", {}};
    return with(std::move(model), {});
}

std::vector<Finding> Detectors::find(std::string_view utf8, const Context& context) const {
    thread_local Scratch scratch;
    std::vector<Finding> findings;
    if (utf8.empty() || !valid_utf8(utf8)) return findings;
    auto& [text, hits, marks] = scratch;
    fold(utf8, text);
    hits.clear();
    marks.clear();
    const std::uint16_t language = language_number(context.lang);
    parts_->lexicon.find(utf8, text, language, hits);
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.start != b.start ? a.start < b.start : a.end < b.end; });
    for (const Hit& hit : hits) {
        if (const std::string_view reason = reason_of(hit.rule->kind); !reason.empty()) {
            marks.push_back({hit.start, hit.end, reason, static_cast<double>(hit.rule->confidence) * (hit.disguised ? 0.9 : 1.0), parts_->lexicon.name(*hit.rule)});
        }
    }
    find_disguises(text, marks);
    if (parts_->word_model.ready()) find_unknown_words(parts_->word_model, parts_->lexicon, text, language, marks);
    find_addresses(parts_->lexicon, text, hits, language, marks);
    find_numbers(parts_->lexicon, text, language, marks);
    find_names(parts_->lexicon, text, hits, language, context, marks);
    if (parts_->hate != nullptr) parts_->hate->find(utf8, text, context.lang, marks);
    const bool known = std::any_of(marks.begin(), marks.end(), [](const Mark& mark) { return mark.reason == "insult" || mark.reason == "hate" || mark.reason == "threat" || mark.reason == "obscene"; });
    if (parts_->model && !known) parts_->model->find(text, context.lang, marks);
    if (marks.empty()) return findings;
    drop_allowed(text, hits, context.allowed, marks);
    drop_signature(parts_->lexicon, text, language, marks);

    // Of overlapping marks of one reason the longest stays, of those as long the surest.
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
        const std::size_t length_a = a.end - a.start, length_b = b.end - b.start;
        if (length_a != length_b) return length_a > length_b;
        if (a.confidence != b.confidence) return a.confidence > b.confidence;
        return a.start != b.start ? a.start < b.start : a.rule < b.rule;
    });
    std::vector<const Mark*> kept;
    for (const Mark& mark : marks) {
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](const Mark* other) {
            const bool overlap = mark.start < other->end && other->start < mark.end;
            return overlap && (mark.reason == other->reason || (mark.start >= other->start && mark.end <= other->end && mark.reason != "hate" && mark.reason != "threat"));
        });
        if (!covered) kept.push_back(&mark);
    }
    std::sort(kept.begin(), kept.end(), [](const Mark* a, const Mark* b) { return a->start != b->start ? a->start < b->start : a->end < b->end; });
    std::size_t counted_bytes = 0, counted = 0;
    for (const Mark* mark : kept) {
        Finding finding;
        finding.byte_start = text.offset(mark->start);
        finding.byte_end = text.end_offset(mark->end);
        counted += count_code_points(utf8.substr(counted_bytes, finding.byte_start - counted_bytes));
        counted_bytes = finding.byte_start;
        finding.start = counted;
        finding.text = std::string(utf8.substr(finding.byte_start, finding.byte_end - finding.byte_start));
        finding.end = counted + count_code_points(finding.text);
        finding.reason = std::string(mark->reason);
        finding.confidence = mark->confidence;
        finding.rule = std::string(mark->rule);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace verbatim::text
