#include "app/verify/monitor.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/verify/figures_check.h"
#include "ground/base/calendar.h"
#include "ground/formats/text_codes.h"

namespace verbatim::verify {
namespace {

using merkle::TilePath;
using nlohmann::json;

constexpr std::size_t rules_kept = 1000;  // a log of nonsense must not fill the memory
constexpr Seconds display_delay = one_hour;  // how long displayed figures may lag behind the log
constexpr std::size_t state_limit = 1024 * 1024;

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string printable(std::string text) {
    std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    return text;
}

std::string hash_key(std::string_view leaf) { return std::string(merkle::bytes_of(merkle::leaf_hash(leaf))); }

}  // namespace

std::string to_json(const Alert& alert, std::string_view log) {
    json line = {{"at", format_moment(alert.at)}, {"alert", alert.kind}, {"log", log}, {"entries", alert.entries}, {"message", alert.message}};
    if (!alert.about.empty()) line["about"] = alert.about;
    return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

Monitor::Monitor(Source source, merkle::VerifierKey key, Options options) : source_(std::move(source)), key_(std::move(key)), options_(std::move(options)) {}

Result<void> Monitor::watch(std::string_view json_text) {
    auto receipt = open_receipt(json_text, key_);
    if (!receipt) return receipt.error();
    auto key = hash_key(receipt->leaf);
    wanted_[std::move(key)] = Wanted{std::move(*receipt), false};
    return {};
}

void Monitor::tell(Present& present, std::string kind, std::string message, std::string about) const {
    Alert alert;
    alert.kind = kind;
    alert.message = printable(std::move(message));
    alert.about = printable(about);
    alert.entries = entries();
    present.emplace(std::move(kind) + " " + std::move(about), std::move(alert));
}

std::vector<Alert> Monitor::look(Seconds now) {
    Present present;
    read_figures(present);
    if (advance(present)) {
        check_figures(now, present);
        check_cosignatures(present);
        if (const auto whole = replay_.at_end(); !whole) tell(present, "rule", whole.error().message, "sums");
        check_displays(now, present);
    }
    check_promises(now, present);
    present.insert(broken_.begin(), broken_.end());
    std::vector<Alert> news;
    std::set<std::string> told;
    for (auto& [key, alert] : present) {
        told.insert(key);
        if (told_.contains(key)) continue;
        alert.at = now;
        news.push_back(std::move(alert));
    }
    told_ = std::move(told);
    return news;
}

// Brings the replay up to the log's newest checkpoint. False where it could not, and says why.
bool Monitor::advance(Present& present) {
    const auto note = source_.log("checkpoint");
    if (!note) return tell(present, "unreachable", note.error().message, "checkpoint"), false;
    const auto next = merkle::open_checkpoint(*note, key_);
    if (!next) return tell(present, "signature", next.error().message), false;
    if (held_ && !continues(*next, present)) return false;
    if (!read_to(*next, present)) return false;
    held_ = *next;
    held_note_ = *note;
    return true;
}

// Norm TLG-5: the tree seen last is a beginning of the tree seen now. Asked of the hash tiles before anything of the new tree
// is taken in.
bool Monitor::continues(const merkle::Checkpoint& next, Present& present) {
    const auto forked = [&](const std::string& why) { return tell(present, "fork", why, number(next.size) + " " + to_base64(merkle::bytes_of(next.root))), false; };
    if (next.size < held_->size) return tell(present, "shrunk", "the log has " + number(next.size) + " entries, it had " + number(held_->size), number(next.size)), false;
    if (next.size == held_->size) {
        if (next.root == held_->root) return true;
        return forked("two different logs of " + number(next.size) + " entries are signed");
    }
    if (held_->size == 0) return true;
    std::optional<Error> missing;
    merkle::TileNodes nodes(next.size, [&](const TilePath& path) -> std::optional<std::string> {
        auto bytes = fetch_tile(source_.log, path);
        if (!bytes) return missing = bytes.error(), std::nullopt;
        return std::move(*bytes);
    });
    const auto proof = merkle::consistency_proof(held_->size, next.size, nodes.reader());
    if (!proof) return tell(present, "unreachable", missing ? missing->message : "the log's tiles do not make a proof", "tiles"), false;
    if (merkle::verify_consistency(held_->size, next.size, held_->root, next.root, *proof)) return true;
    return forked("the log of " + number(next.size) + " entries does not continue the one of " + number(held_->size));
}

void Monitor::forget_entries() {
    tree_ = {};
    replay_ = {};
    figures_ = {};
    changed_.clear();
    broken_.clear();
    newest_ = 0;
    for (auto& [hash, wanted] : wanted_) wanted.found = false;
}

bool Monitor::read_to(const merkle::Checkpoint& next, Present& present) {
    std::optional<Error> differs;
    const auto compare = [&](const TilePath& path, const std::string& expected) {
        const auto served = fetch_tile(source_.log, path);
        if (!served) differs = served.error();
        else if (*served != expected) differs = invalid("tile_differs", merkle::encode(path) + " is not what the entries make");
    };
    const auto failed = [&](const Error& error) {
        forget_entries();  // what was taken in is not vouched for: read all of it again
        const bool away = error.kind == ErrorKind::unavailable || error.kind == ErrorKind::not_found;
        return tell(present, away ? "unreachable" : "differs", error.message, away ? "entries" : number(next.size)), false;
    };
    while (tree_.size() < next.size) {
        const std::uint64_t first = tree_.size();
        const auto path = *merkle::tile_at(next.size, TilePath::entries, first / merkle::tile_width);
        const auto bundle = fetch_tile(source_.log, path);
        if (!bundle) return failed(bundle.error());
        const auto leaves = merkle::parse_bundle(*bundle, path.width);
        if (!leaves) return failed(invalid("bundle_malformed", merkle::encode(path) + " does not hold " + number(path.width) + " entries"));
        for (std::size_t i = first % merkle::tile_width; i < leaves->size() && !differs; ++i) {
            const std::uint64_t index = tree_.size();
            tree_.append(merkle::leaf_hash((*leaves)[i]), compare);
            see(index, (*leaves)[i]);
            if (held_ && tree_.size() == held_->size && tree_.root() != held_->root)
                differs = invalid("entries_differ", "the first " + number(held_->size) + " entries are not those that were signed before");
        }
        if (differs) return failed(*differs);
    }
    for (std::size_t level = 0; level < tree_.open_tiles().size() && !differs; ++level) {
        if (tree_.open_tiles()[level].empty()) continue;
        compare(*merkle::tile_at(next.size, static_cast<int>(level), (next.size >> (merkle::tile_height * level)) / merkle::tile_width), tree_.open_tiles()[level]);
    }
    if (!differs && tree_.root() != next.root) differs = invalid("root_differs", "the entries do not make the root that was signed");
    if (differs) return failed(*differs);
    return true;
}

// A faulty entry is told and passed over, so that the watch goes on behind it.
void Monitor::see(std::uint64_t index, std::string_view leaf) {
    if (const auto wanted = wanted_.empty() ? wanted_.end() : wanted_.find(hash_key(leaf)); wanted != wanted_.end()) wanted->second.found = true;
    const auto broken = [&](const Error& error) {
        if (broken_.size() < rules_kept) tell(broken_, "rule", "entry " + number(index) + ": " + error.message, number(index));
    };
    const auto entry = parse_entry(leaf);
    if (!entry) return broken(entry.error());
    newest_ = std::max(newest_, entry->at);
    if (const auto allowed = replay_.add(*entry); !allowed) return broken(allowed.error());
    figures_.add(*entry);
    judge_figures();
    if (!entry->subject.empty()) {
        if (const auto subject = replay_.subject(entry->subject)) changed_.insert(*subject);
    }
}

// Norm TLG-7: the log that is shown here is the one that independent witnesses have seen.
void Monitor::check_cosignatures(Present& present) {
    if (options_.witnesses.keys.empty()) return;
    for (const bool second : {false, true}) {
        const auto cosigned = check_witnesses(source_.log, held_note_, *held_, key_, options_.witnesses);
        if (cosigned) {
            for (const auto& one : cosigned->by) cosigned_ = std::max(cosigned_, static_cast<Seconds>(one.time));
            return;
        }
        if (second) return tell(present, cosigned.error().code == "cosigned_differs" ? "fork" : "uncosigned", cosigned.error().message, "witnesses");
        // The cosigned checkpoint may have grown past the one that was read before it.
        if (source_.pause) source_.pause();
        if (!advance(present)) return;
    }
}

// Norms TLG-2 and MOD-4: what was promised, at the moment it was promised for.
void Monitor::check_promises(Seconds now, Present& present) {
    for (const auto& [hash, wanted] : wanted_) {
        const auto& receipt = wanted.receipt;
        if (!wanted.found && now > receipt.collected_at + options_.merge_seconds)
            tell(present, "late", "the receipt of review " + receipt.review + " promises an entry of " + format_moment(receipt.collected_at) + " that is not in the log", receipt.review);
        if (now > receipt.decide_by && (!wanted.found || replay_.undecided(receipt.review)))
            tell(present, "undecided", "review " + receipt.review + " was to be decided about by " + format_moment(receipt.decide_by), receipt.review);
    }
    const Seconds longest = options_.max_delay_days * one_day;
    replay_.each_undecided([&](std::string_view review, Seconds since) {
        if (now > since + longest && present.size() < rules_kept)
            tell(present, "undecided", "review " + std::string(review) + " waits since " + format_moment(since) + ", longer than the announced " + std::to_string(options_.max_delay_days) + " days", std::string(review));
    });
    const Seconds freshest = std::max(newest_, cosigned_);
    if (options_.max_age > 0 && held_ && freshest > 0 && now > freshest + options_.max_age)
        tell(present, "stale", "the newest entry or cosignature is of " + format_moment(freshest), "log");
}

// Norm NOT-7: the transparency page says how many entries it counted, and is held against exactly those. So it is read first; the
// log passes that place, or stands there.
void Monitor::read_figures(Present& present) {
    auto shown = displayed_figures(source_);
    if (!shown) {
        const bool away = shown.error().kind == ErrorKind::unavailable;
        return tell(present, away ? "unreachable" : "display", "transparency.json: " + shown.error().message, "transparency.json");
    }
    if (*shown && shown_ && (*shown)->text == shown_->text) return judge_figures();
    shown_ = std::move(*shown);
    verdict_.reset();
    judge_figures();
}

void Monitor::judge_figures() {
    if (shown_ && !verdict_ && figures_.size() == shown_->size) verdict_ = difference(shown_->text, figures_.write(key_.name, shown_->declared));
}

void Monitor::check_figures(Seconds now, Present& present) {
    const auto wrong = [&](const std::string& why) { tell(present, "display", "transparency.json: " + why, "transparency.json"); };
    if (shown_ && verdict_ && !verdict_->empty()) return wrong(*verdict_);
    // Behind the log it is a cache, beyond it a moment's race: for a while.
    if (!shown_ || figures_.size() == shown_->size) lagging_since_ = 0;
    else if (lagging_since_ == 0) lagging_since_ = now;
    if (lagging_since_ != 0 && now > lagging_since_ + display_delay)
        wrong("for an hour it counts " + number(shown_->size) + " entries, the log has " + number(figures_.size()));
}

// Those that changed, and some of the others, so that each has its turn.
std::vector<std::size_t> Monitor::subjects_to_look_at() {
    std::set<std::size_t> chosen = std::move(changed_);
    changed_.clear();
    const std::size_t all = replay_.subjects().size();
    for (std::size_t i = 0; i < std::min(options_.displays, all); ++i) chosen.insert(next_subject_++ % all);
    return {chosen.begin(), chosen.end()};
}

// Norm NOT-7. An entry may come between log and display; so a difference counts only when the display is read first and the log
// after it, late enough to hold what the display showed.
void Monitor::check_displays(Seconds now, Present& present) {
    if (!source_.site) return;
    auto subjects = subjects_to_look_at();
    for (const bool second : {false, true}) {
        if (subjects.empty()) return;
        std::map<std::size_t, Displayed> shown;
        for (const std::size_t subject : subjects) {
            const auto path = rating_path(replay_.subjects()[subject]);
            const auto page = path ? source_.site(*path) : Result<std::string>(not_found("no_display", "not displayed"));
            if (!page && page.error().kind == ErrorKind::not_found) continue;
            auto display = page ? parse_displayed(*page) : Result<Displayed>(page.error());
            if (!display) {
                changed_.insert(subject);
                tell(present, page ? "display" : "unreachable", replay_.subjects()[subject] + ": " + display.error().message, replay_.subjects()[subject]);
            } else if (display->subject != replay_.subjects()[subject]) {
                tell(present, "display", *path + " answers for " + display->subject, replay_.subjects()[subject]);
            } else {
                shown.emplace(subject, std::move(*display));
            }
        }
        if (second) {
            if (source_.pause) source_.pause();
            if (!advance(present)) return;
        }
        std::vector<const Displayed*> by_number(replay_.subjects().size(), nullptr);
        for (const auto& [subject, display] : shown) by_number[subject] = &display;
        const auto ratings = recompute(replay_, by_number, now);
        std::vector<std::size_t> differing;
        for (const auto& [subject, display] : shown) {
            const auto why = difference(display, ratings[subject], replay_.changed_at(subject));
            if (!why) continue;
            differing.push_back(subject);
            if (!second) continue;
            changed_.insert(subject);
            tell(present, "display", display.subject + ": " + *why, display.subject);
        }
        subjects = std::move(differing);
    }
}

std::string Monitor::state() const {
    if (!held_) return {};
    return json{{"v", 1}, {"key", merkle::encode(key_)}, {"checkpoint", held_note_}, {"told", told_}}.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string Monitor::key_of(std::string_view text) {
    const json state = text.size() > state_limit ? json() : json::parse(text, nullptr, false);
    return state.is_object() && state.contains("key") && state["key"].is_string() ? state["key"].get<std::string>() : std::string();
}

Result<void> Monitor::resume(std::string_view text) {
    if (text.size() > state_limit) return invalid("state_malformed", "the state is longer than 1 MiB");
    const json state = json::parse(text, nullptr, false);
    if (!state.is_object() || !state.contains("checkpoint") || !state["checkpoint"].is_string()) return invalid("state_malformed", "the state is not one of a watch");
    const auto note = state["checkpoint"].get<std::string>();
    const auto checkpoint = merkle::open_checkpoint(note, key_);
    if (!checkpoint) return checkpoint.error();
    held_ = *checkpoint;
    held_note_ = note;
    told_.clear();
    if (const auto told = state.find("told"); told != state.end() && told->is_array()) {
        for (const auto& one : *told)
            if (one.is_string()) told_.insert(one.get<std::string>());
    }
    return {};
}

}  // namespace verbatim::verify
