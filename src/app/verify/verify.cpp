#include "app/verify/verify.h"

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <unordered_map>

#include "app/verify/figures_check.h"
#include "app/verify/ratings.h"
#include "app/verify/witnesses.h"
#include "ground/base/calendar.h"

namespace verbatim::verify {
namespace {

constexpr std::size_t table_limit = 40;  // subjects printed unless all are asked for or they differ

struct Line {
    std::string subject;
    Rating recomputed;
    std::optional<Displayed> displayed;
    std::optional<std::string> difference;
};

// What is displayed, for each subject of the log by its number, and for subjects the log has never heard of.
using Displays = std::unordered_map<std::string, Displayed>;

Result<Displays> read_displays(const Source& source, const Replay& replay) {
    Displays displays;
    if (!source.ratings.empty()) {
        auto list = parse_displayed_list(source.ratings);
        if (!list) return list.error();
        for (Displayed& shown : *list) {
            const std::string subject = shown.subject;
            if (!displays.emplace(subject, std::move(shown)).second) return invalid("rating_twice", "displayed rating: " + subject + " stands there twice");
        }
    }
    if (!source.site) return displays;
    for (const std::string& subject : replay.subjects()) {
        const auto path = rating_path(subject);
        if (!path) continue;
        const auto json = source.site(*path);
        if (!json && json.error().kind == ErrorKind::not_found) continue;  // shown nowhere; said in the table
        if (!json) return json.error();
        auto shown = parse_displayed(*json);
        if (!shown) return shown.error();
        if (shown->subject != subject) return invalid("rating_subject", "displayed rating: " + *path + " answers for " + shown->subject);
        displays.emplace(subject, std::move(*shown));
    }
    return displays;
}

std::vector<Line> compare(const Replay& replay, const Displays& displays, Seconds now) {
    const auto& subjects = replay.subjects();
    std::vector<const Displayed*> by_number(subjects.size(), nullptr);
    for (std::size_t i = 0; i < subjects.size(); ++i)
        if (const auto found = displays.find(subjects[i]); found != displays.end()) by_number[i] = &found->second;
    std::vector<Rating> ratings = recompute(replay, by_number, now);
    std::vector<Line> lines;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        Line line{subjects[i], std::move(ratings[i]), std::nullopt, std::nullopt};
        if (by_number[i] != nullptr) {
            line.displayed = *by_number[i];
            line.difference = difference(*by_number[i], line.recomputed, replay.changed_at(i));
        }
        lines.push_back(std::move(line));
    }
    for (const auto& [subject, shown] : displays) {
        if (std::find(subjects.begin(), subjects.end(), subject) != subjects.end()) continue;
        Line line{subject, {}, shown, difference(shown, {}, 0)};
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.subject < b.subject; });
    return lines;
}

bool any_difference(const std::vector<Line>& lines) {
    return std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.difference.has_value(); });
}

struct Checked {
    merkle::Checkpoint checkpoint;
    std::string note;
    std::array<std::int64_t, kinds> by_kind{};
    std::vector<Line> lines;
    std::vector<std::pair<std::string, Completeness::Site>> batches;
    std::int64_t before_batches = 0;
};

Checked what_was_checked(const CheckedLog& log, std::vector<Line> lines) {
    const auto& completeness = log.replay.completeness();
    return Checked{log.checkpoint, log.note, log.replay.by_kind(), std::move(lines), completeness.sites(), completeness.before_batches()};
}

Result<Checked> check_once(const Source& source, const merkle::VerifierKey& key, Seconds now, const Observer& also) {
    const auto log = check_log(source.log, key, also);
    if (!log) return log.error();
    const auto displays = read_displays(source, log->replay);
    if (!displays) return displays.error();
    return what_was_checked(*log, compare(log->replay, *displays, now));
}

// Entries may arrive between the checkpoint and the display; so a difference on a live site counts only when the display is
// read first and the log after it, late enough to hold what the display showed.
Result<Checked> check_again(const Source& source, const merkle::VerifierKey& key, Seconds now, const std::vector<Line>& before) {
    Displays displays;
    for (const Line& line : before) {
        if (!line.displayed) continue;
        if (!line.difference) {
            displays.emplace(line.subject, *line.displayed);
            continue;
        }
        const auto path = rating_path(line.subject);
        const auto json = path ? source.site(*path) : Result<std::string>(not_found("no_display", "not displayed"));
        if (!json) return json.error();
        auto shown = parse_displayed(*json);
        if (!shown) return shown.error();
        displays.emplace(line.subject, std::move(*shown));
    }
    if (source.pause) source.pause();
    const auto log = check_log(source.log, key);
    if (!log) return log.error();
    std::vector<Line> lines = compare(log->replay, displays, now);
    // Only what differed is asked a second time; the rest was found right.
    std::unordered_map<std::string_view, bool> differed;
    for (const Line& line : before) differed[line.subject] = line.difference.has_value();
    for (Line& line : lines)
        if (const auto found = differed.find(line.subject); found != differed.end() && !found->second) line.difference.reset();
    return what_was_checked(*log, std::move(lines));
}

void print_table(const std::vector<Line>& lines, bool all, std::ostream& out) {
    const bool every = all || lines.size() <= table_limit;
    std::size_t width = 7, shown = 0;
    for (const Line& line : lines) width = std::max(width, line.subject.size());
    const auto row = [&](std::string_view subject, const std::string& log, const std::string& display, std::string_view remark) {
        out << "  " << std::left << std::setw(static_cast<int>(width)) << subject << "  " << std::setw(16) << log << "  " << std::setw(16) << display << (remark.empty() ? "" : "  ") << remark << '\n';
    };
    if (!lines.empty()) row("subject", "recomputed", "displayed", "");
    for (const Line& line : lines) {
        if (!every && !line.difference) continue;
        ++shown;
        const auto& own = line.recomputed.own;
        row(line.subject, describe(own.hundredths(), own.count()), line.displayed ? describe(line.displayed->own.hundredths, line.displayed->own.count) : "not displayed",
            line.difference ? "DIFFERS: " + *line.difference : "");
        for (const auto& [source, figure] : line.recomputed.gathered) {
            std::string display = "not displayed";
            if (line.displayed) {
                const auto found = line.displayed->gathered.find(source);
                if (found != line.displayed->gathered.end()) display = describe(found->second.hundredths, found->second.count);
            }
            row("  gathered: " + source, describe(figure.hundredths(), figure.count()), display, "");
        }
    }
    if (shown < lines.size()) out << "  " << lines.size() - shown << " subjects without a difference (--all prints them)\n";
}

// Who was eligible and what became of them, by site (norm COL-7): the batches whose outcome is logged, and what is open.
void print_batches(const Checked& checked, bool all, std::ostream& out) {
    if (checked.batches.empty()) {
        out << "batches   none: this log does not say who was asked\n";
        return;
    }
    Completeness::Site sum;
    std::size_t width = 9;
    for (const auto& [site, one] : checked.batches) {
        width = std::max(width, site.size());
        sum.batches += one.batches;
        sum.eligible += one.eligible;
        sum.answered += one.answered;
        sum.expired += one.expired;
        sum.open += one.open;
        for (const auto& [reason, count] : one.suppressed) sum.suppressed[reason] += count;
    }
    out << "batches   " << sum.batches << " of " << checked.batches.size() << " sites: who was eligible, and what became of them\n";
    const auto row = [&](std::string_view site, const auto&... cells) {
        out << "  " << std::left << std::setw(static_cast<int>(width)) << site << std::right;
        ((out << "  " << std::setw(10) << cells), ...);
        out << '\n';
    };
    row("site", "eligible", "answered", "expired", "suppressed", "open");
    const bool every = all || checked.batches.size() <= table_limit;
    for (const auto& [site, one] : checked.batches)
        if (every) row(site, one.eligible, one.answered, one.expired, one.suppressed_sum(), one.open);
    row(every ? "all" : "all sites", sum.eligible, sum.answered, sum.expired, sum.suppressed_sum(), sum.open);
    for (const auto& [reason, count] : sum.suppressed) out << "  suppressed as " << reason << ": " << count << '\n';
    if (checked.before_batches > 0) out << "  " << checked.before_batches << " invited reviews are older than the first batch\n";
}

// What a log or a server wrote is shown without the control characters that a terminal would obey.
int fault(std::ostream& out, std::string what) {
    std::replace_if(what.begin(), what.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    out << "fault: " << what << std::endl;
    return 1;
}

}  // namespace

int run(const Source& source, const Options& options, Seconds now, std::ostream& out) {
    const auto key = options.key.empty() ? published_key(source.log) : merkle::parse_verifier_key(options.key);
    if (!key) {
        fault(out, key.error().message);
        return options.key.empty() ? 1 : 2;
    }
    const auto trusted = trusted_witnesses(options.witnesses, options.quorum);
    if (!trusted) {
        fault(out, trusted.error().message);
        return 2;
    }
    out << "log       " << key->name << '\n'
        << "key       " << merkle::encode(*key) << '\n'
        << "          " << (options.key.empty() ? "taken from the log itself; give --key to hold it to one you trust" : "the one you gave") << '\n';

    // Figures first, the log after: what they counted is in it by then.
    auto displayed = displayed_figures(source);
    if (!displayed) return fault(out, displayed.error().message);
    std::optional<FiguresCheck> figures;
    if (*displayed) figures.emplace(std::move(**displayed));
    auto checked = check_once(source, *key, now, figures ? Observer([&](std::uint64_t index, const Entry& entry) { figures->see(index, entry); }) : Observer());
    if (checked && any_difference(checked->lines) && source.site) checked = check_again(source, *key, now, checked->lines);
    if (!checked) return fault(out, checked.error().message);

    if (!options.witnesses.empty()) {
        const auto cosigned = check_witnesses(source.log, checked->note, checked->checkpoint, *key, *trusted);
        if (!cosigned) return fault(out, cosigned.error().message);
        for (const auto& one : cosigned->by) out << "witness   " << trusted->keys[one.witness].name << " cosigned " << cosigned->size << " entries at " << format_moment(static_cast<Seconds>(one.time)) << '\n';
    }
    out << "entries   " << checked->checkpoint.size << '\n';
    for (std::size_t i = 0; i < kinds; ++i)
        if (checked->by_kind[i] != 0) out << "  " << std::left << std::setw(10) << to_word(static_cast<Kind>(i)) << "  " << checked->by_kind[i] << '\n';
    print_batches(*checked, options.all_subjects, out);
    out << "ratings\n";
    print_table(checked->lines, options.all_subjects, out);

    for (const Line& line : checked->lines)
        if (line.difference) return fault(out, line.subject + ": " + *line.difference);
    out << "figures   ";
    if (!figures) out << "none displayed\n";
    else if (const auto wrong = figures->fault(key->name)) return out << "DIFFER\n", fault(out, "displayed figures: " + *wrong);
    else out << "those displayed are the recomputed ones, over " << figures->size() << " entries\n";
    const auto ratings = std::count_if(checked->lines.begin(), checked->lines.end(), [](const Line& line) { return line.displayed.has_value(); });
    out << "verified " << checked->checkpoint.size << " entries; ";
    if (ratings == 0) out << "no displayed rating to compare";
    else out << ratings << " displayed ratings of " << checked->lines.size() << " subjects are the recomputed ones";
    out << std::endl;
    return 0;
}

int print_figures(const Source& source, const Options& options, std::ostream& out, std::ostream& complaints) {
    const auto key = options.key.empty() ? published_key(source.log) : merkle::parse_verifier_key(options.key);
    if (!key) {
        fault(complaints, key.error().message);
        return options.key.empty() ? 1 : 2;
    }
    const auto displayed = displayed_figures(source);
    if (!displayed) return fault(complaints, displayed.error().message);
    Figures figures;
    const auto log = check_log(source.log, *key, [&](std::uint64_t, const Entry& entry) { figures.add(entry); });
    if (!log) return fault(complaints, log.error().message);
    out << figures.write(key->name, *displayed ? (*displayed)->declared : Declared()) << std::flush;
    return 0;
}

}  // namespace verbatim::verify
